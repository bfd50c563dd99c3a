// SPDX-License-Identifier: MIT
// id: out-of-bounds.sizeof-pointer
// confidence: high
// title: the size of a pointer is asked for, not of what it points to
// help: write sizeof(*x)
// false: the elements are pointers themselves (then the sizes agree)
// needs: facts-memory
@script:python@
@@
for place, x, a, es in facts.allocs:
    if not re.search(r"sizeof\(%s\)" % re.escape(x), bare(es)):
        continue
    name = re.findall(r"\w+", x)[-1]
    text = "\n".join(lines_of(place[0]))
    # Where the elements are pointers the sizes agree; where the declaration is not seen, they may.
    is_double = re.search(r"\*\s*\*\s*(const\s+)?%s\b" % name, text)
    is_seen = re.search(r"\w\s+\*\s*%s\s*[;,=)]" % name, text)
    say("out-of-bounds.sizeof-pointer", place, "%s() asks for the size of the pointer '%s', not of what it points to" %
        (a, nice(x)), [], "low" if is_double else "" if is_seen else "medium")
for place, x, t, u in wrong_types():
    if bare(u) == bare(t) + "*":
        say("out-of-bounds.sizeof-pointer", place, "the size is that of a pointer, but '%s' points to '%s'" % (nice(x), nice(t)))
