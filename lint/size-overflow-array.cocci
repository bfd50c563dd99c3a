// SPDX-License-Identifier: MIT
// id: size-overflow.array
// confidence: medium
// severity: advice
// title: n * size without a check: the product may wrap and the memory be too small
// help: use the array form (kmalloc_array, kcalloc, kvcalloc, devm_kcalloc, krealloc_array) or array_size()
// false: the number is known to be small
// needs: facts-memory
@script:python@
@@
FORMS = {"kmalloc": "kmalloc_array", "kzalloc": "kcalloc", "kmalloc_node": "kmalloc_array_node",
         "kzalloc_node": "kcalloc_node", "kvmalloc": "kvmalloc_array", "kvzalloc": "kvcalloc", "vmalloc": "vmalloc_array",
         "vzalloc": "vcalloc", "devm_kmalloc": "devm_kmalloc_array", "devm_kzalloc": "devm_kcalloc",
         "krealloc": "krealloc_array"}
SIZEOF = r"sizeof\s*\((?:[^()]|\([^()]*\))*\)"
for place, a, es in facts.calls:
    args = args_of(es)
    at = 1 if a in ("krealloc", "devm_kmalloc", "devm_kzalloc") else 0
    if a not in FORMS or len(args) <= at:
        continue
    m = re.fullmatch(r"(?:(?P<n>[^*]+?) \* %s|%s \* (?P<m>[^*]+?))" % (SIZEOF, SIZEOF), re.sub(r"\s+", " ", args[at]).strip())
    two = re.fullmatch(r"([a-z_][\w >.-]*?) \* ([a-z_][\w >.-]*)", re.sub(r"\s+", " ", args[at]).strip())
    if two and "sizeof" not in args[at]:
        say("size-overflow.array", place, "the size of %s() is '%s' times '%s', unchecked; %s() checks it" %
            (a, nice(two.group(1)), nice(two.group(2)), FORMS[a]), [], "low")
        continue
    n = m and (m.group("n") or m.group("m"))
    of = re.search(r"sizeof\s*\(([^()]*)\)", args[at])
    if n and re.search(r"[^<>+-] [+-] ", re.sub(r"\([^()]*\)", "", re.sub(r"\([^()]*\)", "", n))):
        continue  # a sum of which one part is a product
    if n and of and SIZES.get(bare(of.group(1))) == 1:
        continue  # a product with 1 does not wrap
    if n and re.search(r"\b[a-z_]\w*", re.sub(r"\b(sizeof|ARRAY_SIZE)\b ?\(.*", "", n)) and "+ sizeof" not in n:
        say("size-overflow.array", place, "the size of %s() is '%s' times the size of an element, unchecked; %s() checks it" %
            (a, nice(n), FORMS[a]))
