// SPDX-License-Identifier: MIT
// id: sleep-in-atomic.call
// confidence: medium
// title: a function of this file that may sleep is called between a spin lock and its unlock
// help: give the function the flags to use, or call it without the lock
// false: the function sleeps only when it is called otherwise
// needs: facts-sleep
@sc exists@
expression lk;
identifier l = {$locks};
identifier u = {$unlocks};
identifier g : script:python() { g in facts.sleeps };
position p, q;
@@
l@p(lk, ...);
... when != u(...)
    when != lk
g@q(...)

@script:python@
lk << sc.lk; l << sc.l; p << sc.p; q << sc.q;
@@
g = name_at(q)
found = first_sleep(g)
if found and is_still_held(p, q) and not is_called_otherwise(p[0].file, int(q[0].line), g, found[0][1]):
    say("sleep-in-atomic.call", q, "%s() calls %s, which may sleep, and %s(%s) is held" %
        (g, found[1], l, nice(lk)), [("locked", p[0].line), ("sleeps", found[0][1])], how_sure(p, q))
