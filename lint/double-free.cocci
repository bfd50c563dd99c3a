// SPDX-License-Identifier: MIT
// id: double-free
// confidence: high
// title: memory is freed twice, on each way on from the first free
// help: free at one place, or set the pointer to NULL behind the free
// false: two pointers of one name in macros
@df forall@
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
x << df.x; p << df.p; q << df.q;
@@
if not is_left_by_loop(p[0].file, int(p[0].line), int(q[0].line), x) and not is_left_between(p[0].file, int(p[0].line), int(q[0].line)):
    say("double-free", q, "'%s' was freed by %s() already" % (nice(x), name_at(p)), [("freed", p[0].line)])

@dm2 forall@
idexpression e;
expression E;
identifier m;
identifier f = {$freers};
identifier g = {$freers};
expression c, d;
position p, q;
@@
f@p(e->m);
... when != e->m
    when != e = E
g@q(e->m);

@script:python@
e << dm2.e; m << dm2.m; f << dm2.f; p << dm2.p; q << dm2.q;
@@
if not is_left_by_loop(p[0].file, int(p[0].line), int(q[0].line), "%s->%s" % (e, m)):
    say("double-free", q, "'%s->%s' was freed by %s() already" % (e, m, f), [("freed", p[0].line)])
