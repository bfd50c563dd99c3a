// SPDX-License-Identifier: MIT
// id: leak.owner
// confidence: medium
// title: a structure is freed, and the memory that one of its members was given is lost with it
// help: free what the members point to first
// false: the member was copied elsewhere, or the structure has a release function of another name
@lo exists@
idexpression e;
identifier m;
identifier a = {$objects};
identifier f = {$freers};
identifier g != {kfree,kvfree,vfree,kfree_sensitive};
expression E;
expression list es;
position p, q;
statement S;
@@
e->m = a@p(es);
... when != e->m
if (\(e->m == NULL\|unlikely(e->m == NULL)\)) S
... when != e->m
    when != g(..., e, ...)
    when != E = e
    when != e = E
f@q(e);

@script:python@
e << lo.e; m << lo.m; a << lo.a; p << lo.p; q << lo.q;
@@
file, first, last, x = p[0].file, int(p[0].line), int(q[0].line), "%s->%s" % (e, m)
if not (same_block_frees(file, last, x) or is_freed_under_condition(file, first, last, x) or excludes(file, first, last)):
    say("leak.owner", p, "'%s->%s' of %s() is not freed when '%s' is, at line %s" % (e, m, a, e, q[0].line), [("lost", q[0].line)])
