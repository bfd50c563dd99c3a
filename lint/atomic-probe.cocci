// SPDX-License-Identifier: MIT
// id: atomic-waste.probe
// confidence: medium
// severity: advice
// title: GFP_ATOMIC in a probe or init function, which may sleep
// help: use GFP_KERNEL
// false: the function takes a lock by a macro of its own
// needs: facts-memory
@script:python@
@@
for place, a, es in facts.calls:
    f = place[3]
    if "GFP_ATOMIC" not in es or not re.search(r"\.probe\s*=\s*%s\s*[,}]|\bmodule_init\(%s\)" % (f, f), "\n".join(lines_of(place[0]))):
        continue
    before = between(place[0], function_range(place[0], place[1])[0], place[1])
    if not re.search(r"(spin|read|write|rcu)_(try)?lock|preempt_disable|local_irq_|local_bh_", before):
        say("atomic-waste.probe", place, "%s() with GFP_ATOMIC in %s(), which may sleep" % (a, f))
