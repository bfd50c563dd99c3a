// SPDX-License-Identifier: MIT
// id: leak
// confidence: medium
// title: the function returns an error and nobody has the memory any more
// help: free the memory on this way out (goto out_free), or allocate it later
// false: a macro or a copy of the structure kept the pointer
@initialize:python@
@@
def is_lost(p, q, x):
    """The way from the allocation to the return is a failure, can be gone, and nothing that the patch does not follow has the memory."""
    file, first, last = p[0].file, int(p[0].line), int(q[0].line)
    if not is_failure(file, last) or same_block_frees(file, last, x) or excludes(file, first, last):
        return False
    declared = r"\b%s\s+__free\s*\(|__free\s*\(\w+\)\s*\*\s*%s\b" % (x, x)
    if re.search(declared, body(file, first)) or is_freed_under_condition(file, first, last, x):
        return False
    # In a loop, which the patch goes round as if it were not there, a member or an element takes the address.
    kept = r"(->|\.|\])\s*\w*\s*=(?!=)\s*(%s\s*;|&\s*%s\s*(\[|->))" % (x, x)
    return not any(re.search(kept, lines_of(file)[at - 1]) and loops_around(file, at) for at in range(first + 1, last))

@unfreed exists@
local idexpression x;
identifier a = {$objects};
expression E, E1;
expression list es;
identifier g !~ "^(memset|memcpy|memmove|memcmp|strcpy|strscpy|strlen|copy_from_user|copy_to_user|snprintf|sprintf|sizeof|printk|pr_.*|dev_.*|netdev_.*|crypto_memneq|usb_control_msg|IS_ERR|PTR_ERR)$";
constant C;
local idexpression r;
position p, q;
statement S;
@@
x = a@p(es);
... when != x
if (\(x == NULL\|unlikely(x == NULL)\)) S
... when != g(..., <+... x ...+>, ...)
    when != E = <+... x ...+>
    when != x = E1
    when != \(x == NULL\|x != NULL\)
    when != return <+... x ...+>;
return@q \(-C\|ERR_PTR(-C)\|r\);

@script:python@
x << unfreed.x; a << unfreed.a; p << unfreed.p; q << unfreed.q;
@@
if is_lost(p, q, x):
    facts.leaks.setdefault((where(p), str(x), str(a)), set()).add(int(q[0].line))

@undone exists@
type T;
identifier x;
identifier a = {$objects};
expression E, E1;
expression list es;
identifier g !~ "^(memset|memcpy|memmove|memcmp|strcpy|strscpy|strlen|copy_from_user|copy_to_user|snprintf|sprintf|sizeof|printk|pr_.*|dev_.*|netdev_.*|crypto_memneq|usb_control_msg|IS_ERR|PTR_ERR)$";
constant C;
local idexpression r;
position p, q;
statement S;
@@
T x = a@p(es);
... when != x
if (\(x == NULL\|unlikely(x == NULL)\)) S
... when != g(..., <+... x ...+>, ...)
    when != E = <+... x ...+>
    when != x = E1
    when != \(x == NULL\|x != NULL\)
    when != return <+... x ...+>;
return@q \(-C\|ERR_PTR(-C)\|r\);

@script:python@
x << undone.x; a << undone.a; p << undone.p; q << undone.q;
@@
if is_lost(p, q, x):
    facts.leaks.setdefault((where(p), str(x), str(a)), set()).add(int(q[0].line))

@script:python@
@@
for (place, x, a), lines in sorted(facts.leaks.items()):
    told = " and ".join(str(line) for line in sorted(lines)[:3])
    say("leak", place, "'%s' of %s() is not freed when the function fails at line %s" % (x, a, told),
        [("lost", line) for line in sorted(lines)])
