// SPDX-License-Identifier: MIT
// id: sleep-in-atomic.handler
// confidence: high
// title: a call that may sleep, in an interrupt handler, a timer or a tasklet, directly or through one call
// help: move the work to a work item or a threaded interrupt handler, or use GFP_ATOMIC
// false: the handler is called from elsewhere too, and asks by a name of its own where it runs
// needs: facts-sleep
@script:python@
@@
if facts.sleeps:
    file = next(iter(facts.sleeps.values()))[0][0][0]
    text = "\n".join(lines_of(file))
    handlers = {}
    for kind, pattern in (
            ("an interrupt handler", r"(?<!devm_)\brequest_(?:threaded_)?irq\(\s*[^,;]+,\s*(\w+)\s*,"),
            ("an interrupt handler", r"\bdevm_request_(?:threaded_)?irq\(\s*[^,;]+,\s*[^;]+?,\s*(\w+)\s*,"),
            ("a timer", r"\btimer_setup(?:_on_stack)?\(\s*[^,;]+,\s*(\w+)\s*,"),
            ("a tasklet", r"\btasklet_(?:setup|init)\(\s*[^,;]+,\s*(\w+)\s*[,)]")):
        for m in re.finditer(pattern, text):
            handlers[m.group(1)] = kind
    for h, kind in sorted(handlers.items()):
        found = first_sleep(h)
        if found:
            say("sleep-in-atomic.handler", found[0], "%s may sleep, and %s() is %s" % (found[1], h, kind))
        head = re.search(r"^(?:[a-z][\w \t*]*\n?)?[\w \t*]*\b%s\([^;{]*\)\s*^\{" % h, text, re.M)
        if not head:
            continue
        first = text.count("\n", 0, head.end()) + 1
        for number in range(first, function_range(file, first)[1] + 1):
            for m in re.finditer(r"\b(\w+)\(", lines_of(file)[number - 1]):
                inner = first_sleep(m.group(1)) if m.group(1) != h and m.group(1) in facts.sleeps else None
                if inner:
                    say("sleep-in-atomic.handler", (file, number, m.start(), h), "%s() calls %s, which may sleep, and %s() is %s" %
                        (m.group(1), inner[1], h, kind), [("sleeps", inner[0][1])], "medium")
