// SPDX-License-Identifier: MIT
// facts-sleep.cocci - which calls of the file may sleep, by the function they stand in
@fs@
identifier s = {$sleepers};
position p;
@@
s@p(...)

@script:python@
s << fs.s; p << fs.p;
@@
facts.sleeps.setdefault(p[0].current_element, []).append((where(p), s + "()"))

@fa@
identifier a = {$objects,$devm,$coherents};
expression list es;
position p;
@@
a@p(es)

@script:python@
a << fa.a; es << fa.es; p << fa.p;
@@
if may_sleep(es):
    facts.sleeps.setdefault(p[0].current_element, []).append((where(p), a + "(GFP_KERNEL)"))

@initialize:python@
@@
def first_sleep(function):
    """The first call of a function that may sleep with nothing in front that releases a lock or asks the context."""
    for place, what in sorted(facts.sleeps.get(function, [])):
        text = between(place[0], function_range(place[0], place[1])[0], place[1])
        if not re.search(r"unlock|in_interrupt|in_atomic|in_task|in_hardirq|irqs_disabled|can_?sleep|may_?sleep|"
                         r"preempt_enable|oops_in_progress|in_dbg_master|\batomic\b|\bpoll", text):
            return place, what
    return None
