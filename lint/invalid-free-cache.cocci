// SPDX-License-Identifier: MIT
// id: invalid-free.cache
// confidence: high
// title: kmem_cache_free() of memory that is from another cache or from none, or the wrong function for a cache's object
// help: give an object back to the cache it was taken from
// false: two names for one cache
// needs: facts-memory
@script:python@
@@
tell_mismatches("invalid-free.cache", lambda f, family: "devm" not in f + family and "cache" in f + family)
for place, f, es in facts.frees:
    args = args_of(es)
    if f != "kmem_cache_free" or len(args) != 2:
        continue
    x = bare(args[1])
    made = [one for one in facts.allocs if one[0][3] == place[3] and one[1] == x]
    if made and is_plain(x) and all(FAMILIES[one[2]] == "cache" for one in made) and \
       all(last_member(bare(args_of(one[3])[0])) != last_member(bare(args[0])) or
           (last_member(bare(args[0])) is None and bare(args_of(one[3])[0]) != bare(args[0])) for one in made):
        say("invalid-free.cache", place, "'%s' goes to the cache '%s' but was taken from '%s'" %
            (nice(args[1]), nice(args[0]), nice(args_of(made[0][3])[0])), [("allocated", made[0][0][1])])
