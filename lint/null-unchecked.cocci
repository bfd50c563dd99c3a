// SPDX-License-Identifier: MIT
// id: null-unchecked
// confidence: high
// title: the result of an allocation is used before anything looked at it
// help: test the result in the next line and leave with -ENOMEM
// false: memory that cannot fail by other knowledge (early boot, a size that is never refused)
@initialize:python@
@@
def is_cast_up(file, line, x):
    """`helper(&x->base)`, and x is tested behind it: the address of the first member of NULL is NULL."""
    name = re.escape(nice(x))
    return re.search(r"&\s*%s->base\s*[,)]" % name, statement_at(file, line)) is not None and \
        re.search(r"\bif\s*\(\s*!?\s*%s\s*\)" % name, between(file, line + 1, function_range(file, line)[1])) is not None

@nu exists@
expression x;
expression list es;
identifier fld;
identifier a = {$objects,$devm,$percpus,$pages,krealloc,krealloc_array,alloc_skb,dev_alloc_skb,netdev_alloc_skb,usb_alloc_urb};
identifier w = {memset,memcpy,memmove,strcpy,strscpy,strncpy,snprintf,sprintf,copy_from_user,skb_put,skb_reserve,per_cpu_ptr};
position p, q;
@@
x = a@p(es);
... when != x
\( sizeof(<+... x ...+>) \| x->fld@q \| *x@q \| x@q[...] \| w@q(x, ...) \)

@script:python@
x << nu.x; a << nu.a; es << nu.es; p << nu.p; q << nu.q;
@@
if "NOFAIL" not in str(es) and is_plain(x) and not asks_first(p[0].file, int(q[0].line), x) and not is_cast_up(p[0].file, int(q[0].line), x):
    say("null-unchecked", q, "'%s' may be NULL: the result of %s() was not tested" % (nice(x), a),
        [("allocated", p[0].line)])

@nd exists@
type T;
identifier x;
expression list es;
identifier fld;
identifier a = {$objects,$devm,$percpus,$pages,krealloc,krealloc_array,alloc_skb,dev_alloc_skb,netdev_alloc_skb,usb_alloc_urb};
identifier w = {memset,memcpy,memmove,strcpy,strscpy,strncpy,snprintf,sprintf,copy_from_user,skb_put,skb_reserve,per_cpu_ptr};
position p, q;
@@
T x = a@p(es);
... when != x
\( sizeof(<+... x ...+>) \| x->fld@q \| *x@q \| x@q[...] \| w@q(x, ...) \)

@script:python@
x << nd.x; a << nd.a; es << nd.es; p << nd.p; q << nd.q;
@@
if "NOFAIL" not in str(es) and not asks_first(p[0].file, int(q[0].line), x) and not is_cast_up(p[0].file, int(q[0].line), x):
    say("null-unchecked", q, "'%s' may be NULL: the result of %s() was not tested" % (x, a),
        [("allocated", p[0].line)])
