// SPDX-License-Identifier: MIT
// id: out-of-bounds.sizeof-type
// confidence: medium
// title: the size of another type is asked for than the pointer points to
// help: write sizeof(*x), which is right whatever x is
// false: the other type begins with this one, or is the same under another name
// needs: facts-memory
@initialize:python@
@@
def begins_with(file, outer, inner):
    """The file defines the one structure, and its first member is the other."""
    first = r"^%s\s*\{\s*(?:const\s+)?%s\s+\w+\s*;" % tuple(r"\s+".join(map(re.escape, one.split())) for one in (outer, inner))
    return re.search(first, "\n".join(lines_of(file)), re.M) is not None

@script:python@
@@
for place, x, t, u in wrong_types():
    if bare(u) != bare(t) + "*" and not begins_with(place[0], u, t):
        say("out-of-bounds.sizeof-type", place, "'%s' points to '%s', but the size is that of '%s'" % (nice(x), nice(t), nice(u)))
