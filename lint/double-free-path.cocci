// SPDX-License-Identifier: MIT
// id: double-free.path
// confidence: low
// title: memory is freed twice on one way through the function
// help: free at one place, or set the pointer to NULL behind the free
// false: two conditions that are never true together
@dp exists@
local idexpression x;
identifier f = {$freers};
identifier g = {$freers};
expression c, d;
position p, q;
@@
\(f@p(x)\|kmem_cache_free@p(c, x)\|devm_kfree@p(c, x)\);
... when != x
\(g@q(x)\|kmem_cache_free@q(d, x)\|devm_kfree@q(d, x)\);

@script:python@
x << dp.x; p << dp.p; q << dp.q;
@@
file, first, last = p[0].file, int(p[0].line), int(q[0].line)
if not (is_left_by_loop(file, first, last, x) or excludes(file, first, last) or is_left_between(file, first, last)):
    say("double-free.path", q, "'%s' was freed by %s() already on one way through the function" % (nice(x), name_at(p)),
        [("freed", p[0].line)])
