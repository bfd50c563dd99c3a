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
def first_sleep(function, fine=()):
    """The first call of a function that may sleep with nothing in front that releases a lock or asks the context."""
    for place, what in sorted(facts.sleeps.get(function, [])):
        if what in fine:
            continue
        text = between(place[0], function_range(place[0], place[1])[0], place[1])
        if not re.search(r"unlock|in_interrupt|in_atomic|in_task|in_hardirq|irqs_disabled|can_?sleep|may_?sleep|"
                         r"preempt_enable|oops_in_progress|in_dbg_master|\batomic\b|\bpoll", text):
            return place, what
    return None

def parameters_of(file, line):
    """The names of the parameters of the function that holds a line, in their order."""
    first = function_range(file, line)[0]
    head = re.search(r"\(([^;{}]*)\)[^()]*$", between(file, max(first - 8, 1), first - 1))
    return [(re.findall(r"\w+", one) or [""])[-1] for one in args_of(head.group(1))] if head else []

def is_called_otherwise(file, line, function, sleep):
    """The function sleeps when a parameter is one of some constants, and this call gives it another one."""
    call = re.search(r"\b%s\s*(\(.*)" % function, " ".join(lines_of(file)[line - 1:line + 7]))
    given = dict(zip(parameters_of(file, sleep), args_of(in_parentheses(call.group(1))))) if call else {}
    for condition in conditions_of(file, sleep):
        asked = [re.fullmatch(r"\(*(\w+)==([A-Z][A-Z0-9_]*)\)*", one) for one in condition.split("||")]
        if all(asked) and len({one.group(1) for one in asked}) == 1:
            value = given.get(asked[0].group(1), "")
            if re.fullmatch(r"[A-Z][A-Z0-9_]*", value) and value not in [one.group(2) for one in asked]:
                return True
    return False
