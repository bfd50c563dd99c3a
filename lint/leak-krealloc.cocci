// SPDX-License-Identifier: MIT
// id: leak.krealloc
// confidence: high
// title: krealloc() writes its result over its own argument: a failure loses the old memory
// help: take the result in a second variable, and assign it after the test
// false: the old pointer is kept elsewhere
// needs: facts-memory
@script:python@
@@
for place, x, a, es in facts.allocs:
    if a not in ("krealloc", "krealloc_array", "kvrealloc") or bare(args_of(es)[0]) != x:
        continue
    # A local that got its value elsewhere is a copy: somebody has the old pointer still.
    text = body(place[0], place[1])
    given = re.findall(r"(?<![\w.>])%s\s*=(?!=)\s*(\w+|\S)" % x, text) if re.fullmatch(r"\w+", x) else []
    # A member of which a copy was made, which is looked at afterwards, is kept there.
    front = bare(between(place[0], function_range(place[0], place[1])[0], place[1]))
    behind = between(place[0], place[1], function_range(place[0], place[1])[1])
    if any(re.search(r"\b%s\b" % copy, behind) for copy in re.findall(r"[;{}*](\w+)=%s;" % re.escape(x), front)):
        continue
    if all(one in ("NULL", a) or one in FAMILIES for one in given):
        say("leak.krealloc", place, "'%s' is overwritten by NULL when %s() fails, and its memory is lost" % (nice(x), a))
