// SPDX-License-Identifier: MIT
// id: out-of-bounds.sizeof-type
// confidence: medium
// title: the size of another type is asked for than the pointer points to
// help: write sizeof(*x), which is right whatever x is
// false: the other type begins with this one, or is the same under another name
// needs: facts-memory
@script:python@
@@
for place, x, t, u in wrong_types():
    if bare(u) != bare(t) + "*":
        say("out-of-bounds.sizeof-type", place, "'%s' points to '%s', but the size is that of '%s'" % (nice(x), nice(t), nice(u)))
