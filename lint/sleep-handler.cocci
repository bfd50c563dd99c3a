// SPDX-License-Identifier: MIT
// id: sleep-in-atomic.handler
// confidence: high
// title: a call that may sleep, in an interrupt handler, a timer or a tasklet, directly or through one call
// help: move the work to a work item or a threaded interrupt handler, or use GFP_ATOMIC
// false: the handler is called from elsewhere too, and asks by a name of its own where it runs
// needs: facts-sleep
@script:python@
@@
FINE = ("vfree()",)  # puts its work off when it is called in an interrupt
if facts.sleeps:
    file = next(iter(facts.sleeps.values()))[0][0][0]
    text = "\n".join(lines_of(file))
    handlers = {}
    for kind, names, index in (
            ("an interrupt handler", r"request_irq|request_threaded_irq|request_percpu_irq", 1),
            ("an interrupt handler", r"devm_request_irq|devm_request_threaded_irq", 2),
            ("a timer", r"timer_setup|timer_setup_on_stack|DEFINE_TIMER", 1),
            ("a tasklet", r"tasklet_setup|tasklet_init|DECLARE_TASKLET|DECLARE_TASKLET_OLD", 1),
            ("called after a grace period", r"call_rcu", 1)):
        for m in re.finditer(r"\b(?:%s)\s*\(" % names, text):
            args = args_of(text[m.end():text.find(";", m.end())])
            name = args[index].strip(" &)\n\t") if len(args) > index else ""
            if re.fullmatch(r"\w+", name):  # not one that a call or a condition chooses
                handlers[name] = kind
    if "hrtimer_init" in text:
        for m in re.finditer(r"(?:->|\.)function\s*=\s*&?(\w+)\s*;", text):
            handlers[m.group(1)] = "a timer"
    for h, kind in sorted(handlers.items()):
        found = first_sleep(h, FINE)
        if found:
            say("sleep-in-atomic.handler", found[0], "%s may sleep, and %s() is %s" % (found[1], h, kind))
        head = re.search(r"^(?:[a-z][\w \t*]*\n?)?[\w \t*]*\b%s\([^;{]*\)\s*^\{" % h, text, re.M)
        if not head:
            continue
        first = text.count("\n", 0, head.end()) + 1
        for number in range(first, function_range(file, first)[1] + 1):
            for m in re.finditer(r"\b(\w+)\(", lines_of(file)[number - 1]):
                inner = first_sleep(m.group(1), FINE) if m.group(1) != h and m.group(1) in facts.sleeps else None
                if inner:
                    say("sleep-in-atomic.handler", (file, number, m.start(), h), "%s() calls %s, which may sleep, and %s() is %s" %
                        (m.group(1), inner[1], h, kind), [("sleeps", inner[0][1])], "medium")
