// SPDX-License-Identifier: MIT
// id: zero-twice
// confidence: high
// severity: advice
// title: memory that comes zeroed is set to zero once more
// help: leave the memset() out
// false: the memory was written by a callback in between
@mz exists@
expression x, E;
identifier a = {$zeroers};
identifier f != memset;
identifier m;
position p, q;
@@
x = a@p(...);
... when != f(..., <+... x ...+>, ...)
    when != \(x->m = E\|x[...] = E\|*x = E\|x = E\)
memset@q(x, 0, ...);

@mzd exists@
type T;
expression E;
identifier x;
identifier a = {$zeroers};
identifier f != memset;
identifier m;
position p, q;
@@
T x = a@p(...);
... when != f(..., <+... x ...+>, ...)
    when != \(x->m = E\|x[...] = E\|*x = E\|x = E\)
memset@q(x, 0, ...);

@initialize:python@
@@
def say_zero_twice(x, a, p, q):
    file, first, last = p[0].file, int(p[0].line), int(q[0].line)
    is_once = all(begin < first for begin, _ in loops_around(file, last))
    if is_plain(x) and is_once and not is_conditional(file, first, last) and last - first < 25:
        say("zero-twice", q, "memset() of '%s', which %s() zeroed" % (nice(x), a), [("allocated", p[0].line)])

@script:python@
x << mz.x; a << mz.a; p << mz.p; q << mz.q;
@@
say_zero_twice(x, a, p, q)

@script:python@
x << mzd.x; a << mzd.a; p << mzd.p; q << mzd.q;
@@
say_zero_twice(x, a, p, q)
