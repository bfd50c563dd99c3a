// SPDX-License-Identifier: MIT
// id: use-after-free.path
// confidence: low
// title: memory is used after it was freed, on one way through the function
// help: leave after the free, or set the pointer to NULL and test it
// false: two conditions that are never true together
@up exists@
local idexpression x;
identifier f = {$freers};
identifier fld;
position p, q;
@@
f@p(x);
... when != x
\( sizeof(<+... x ...+>) \| x->fld@q \| *x@q \| x@q[...] \)

@script:python@
x << up.x; f << up.f; p << up.p; q << up.q;
@@
if is_fair_use(p, q, x):
    say("use-after-free.path", q, "'%s' is used after %s() on one way through the function" % (nice(x), f),
        [("freed", p[0].line)])
