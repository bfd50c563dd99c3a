// SPDX-License-Identifier: MIT
// id: use-after-free
// confidence: high
// title: memory is used after it was freed, on each way on from there
// help: free last, or take what is still needed out of the memory before
// false: a free that only drops a reference (kfree_skb after skb_get)
@uf forall@
local idexpression x;
identifier f = {$afterlives};
identifier fld;
expression c;
position p, q;
@@
\(f@p(x)\|kmem_cache_free@p(c, x)\|devm_kfree@p(c, x)\);
... when != x
\( sizeof(<+... x ...+>) \| x->fld@q \| *x@q \| x@q[...] \)

@script:python@
x << uf.x; p << uf.p; q << uf.q;
@@
if is_fair_use(p, q, x):
    say("use-after-free", q, "'%s' is used after %s()" % (nice(x), name_at(p)), [("freed", p[0].line)])

@ug forall@
local idexpression x;
identifier f = {$freers};
identifier g != {kfree,kvfree,vfree,kfree_sensitive,kvfree_sensitive,kmem_cache_free,devm_kfree};
expression c;
position p, q;
@@
\(f@p(x)\|kmem_cache_free@p(c, x)\);
... when != x
g@q(..., x, ...)

@script:python@
x << ug.x; p << ug.p; q << ug.q;
@@
if is_fair_use(p, q, x) and "%p" not in open(p[0].file, errors="replace").read().split("\n")[int(q[0].line) - 1]:
    say("use-after-free", q, "'%s' is handed on after %s()" % (nice(x), name_at(p)), [("freed", p[0].line)], "medium")

@ur forall@
local idexpression x;
identifier f = {$freers};
expression c;
position p, q;
@@
\(f@p(x)\|kmem_cache_free@p(c, x)\);
... when != x
return@q x;

@script:python@
x << ur.x; p << ur.p; q << ur.q;
@@
if is_fair_use(p, q, x):
    say("use-after-free", q, "'%s' is returned after %s()" % (nice(x), name_at(p)), [("freed", p[0].line)], "medium")

@um forall@
idexpression e;
expression E;
identifier m;
identifier f = {$afterlives};
identifier fld;
position p, q;
@@
f@p(e->m);
... when != e->m
    when != e = E
\( sizeof(<+... e->m ...+>) \| e->m->fld@q \| *e->m@q \| e->m@q[...] \)

@script:python@
e << um.e; m << um.m; f << um.f; p << um.p; q << um.q;
@@
if is_fair_use(p, q, "%s->%s" % (e, m)):
    say("use-after-free", q, "'%s->%s' is used after %s()" % (e, m, f), [("freed", p[0].line)])
