// SPDX-License-Identifier: MIT
// facts-memory.cocci - who allocates and frees what; the patches that need no way through the code compare these
@ma@
expression x;
expression list es;
identifier a = {$allocators,krealloc,krealloc_array,kvrealloc};
position p;
@@
x = a@p(es)

@script:python@
x << ma.x; es << ma.es; a << ma.a; p << ma.p;
@@
facts.allocs.append((where(p), bare(x), str(a), str(es)))

@md@
type T;
identifier i;
expression list es;
identifier a = {$allocators};
position p;
@@
T i = a@p(es);

@script:python@
i << md.i; es << md.es; a << md.a; p << md.p;
@@
facts.allocs.append((where(p), bare(i), str(a), str(es)))

@mc@
expression list es;
identifier a = {$allocators,krealloc,krealloc_array,kvrealloc,alloc_pages,alloc_page,dma_pool_alloc};
position p;
@@
a@p(es)

@script:python@
es << mc.es; a << mc.a; p << mc.p;
@@
facts.calls.append((where(p), str(a), str(es)))

@mt@
type T;
T *x;
expression list es;
identifier a = {$objects,$devm};
position p;
@@
x = a@p(es)

@script:python@
x << mt.x; es << mt.es; p << mt.p; T << mt.T;
@@
facts.types.append((where(p), str(x), str(T), str(es)))

@mtd@
type T;
identifier x;
expression list es;
identifier a = {$objects,$devm};
position p;
@@
T *x = a@p(es);

@script:python@
x << mtd.x; es << mtd.es; p << mtd.p; T << mtd.T;
@@
facts.types.append((where(p), str(x), str(T), str(es)))

@mf@
expression list es;
identifier f = {$freers,kmem_cache_free,devm_kfree,free_percpu,free_page,free_pages,dma_free_coherent};
position p;
@@
f@p(es)

@script:python@
es << mf.es; f << mf.f; p << mf.p;
@@
facts.frees.append((where(p), str(f), str(es)))

@initialize:python@
@@
FAMILIES = {}
for family, names in (("kmalloc", "$kmallocs"), ("vmalloc", "$vmallocs"), ("kvmalloc", "$kvmallocs"),
                      ("cache", "$caches"), ("devm", "$devm"), ("percpu", "$percpus"), ("pages", "$pages"),
                      ("coherent", "$coherents"), ("kmalloc", "krealloc,krealloc_array"), ("kvmalloc", "kvrealloc")):
    for name in names.split(","):
        FAMILIES[name] = family

# freer: which argument is freed, and what it takes
TAKES = {
    "kfree": (0, {"kmalloc", "cache"}), "kfree_sensitive": (0, {"kmalloc", "cache"}),
    "kvfree": (0, {"kmalloc", "cache", "vmalloc", "kvmalloc"}),
    "kvfree_sensitive": (0, {"kmalloc", "cache", "vmalloc", "kvmalloc"}),
    "vfree": (0, {"vmalloc"}), "kmem_cache_free": (1, {"cache"}), "devm_kfree": (1, {"devm"}),
    "free_percpu": (0, {"percpu"}), "free_page": (0, {"pages"}), "free_pages": (0, {"pages"}),
    "dma_free_coherent": (2, {"coherent"}),
}

def strip_casts(x):
    return re.sub(r"^(\((unsignedlong|void\*|u8\*|char\*)\))+", "", bare(x))

def last_member(x):
    m = re.search(r"(?:->|\.)(\w+)$", x)
    return m.group(1) if m else None

def key_of(place, x):
    """Two places with one key mean the same variable: a local of the function, or a member of that name."""
    member = last_member(x)
    return ("member", member) if member else ("global", x) if is_global(place, x) else (place[3], x)

def is_global(place, x):
    """Declared at the left margin, and not once more in the function."""
    declared = r"\w[^(]*[\s*]%s\s*(=[^;]*)?[;,]" % re.escape(x)
    return any(re.match(declared, line) for line in lines_of(place[0])) and \
        not re.search(r"^\s+(?!return|goto)(struct\s+)?\w+[\s*]+%s\s*[;,=]" % re.escape(x), body(place[0], place[1]), re.M)

def other_writes(place, x, lines):
    """True: the variable gets its value elsewhere too, or its address is given away."""
    member = last_member(x)
    name = r"(?:->|\.)%s\b" % member if member else r"(?<![\w.>])%s\b" % re.escape(x)
    first, last = (1, len(lines_of(place[0]))) if member or is_global(place, x) else function_range(place[0], place[1])
    for at in range(first, last + 1):
        text = lines_of(place[0])[at - 1]
        if re.search(r"&\s*[\w>.\[\]-]*%s\s*[,)]" % name if member else r"&\s*%s\b" % re.escape(x), text):
            return True
        if at not in lines and not re.match(r"\w", text) and re.search(name + r"\s*=(?!=)\s*(?!NULL|0\s*;)", text):
            return True
    return False

def mismatches():
    """(free's place, freer, x, alloc's place, allocator, family, local) of each free that cannot take what it gets."""
    by_key = {}
    for place, x, a, es in facts.allocs:
        if is_plain(x) and not x.startswith("*"):
            by_key.setdefault(key_of(place, x), []).append((place, x, str(a), str(es)))
    for place, f, es in facts.frees:
        index, takes = TAKES[f]
        args = args_of(es)
        if len(args) <= index:
            continue
        x = strip_casts(args[index])
        made = by_key.get(key_of(place, x)) if is_plain(x) and not x.startswith("*") else None
        if not made or any(FAMILIES[a] in takes for _, _, a, _ in made):
            continue
        lines = {where[1] for where, _, _, _ in made}
        if other_writes(place, x, lines):
            continue
        yield place, f, nice(args[index]), made[0], FAMILIES[made[0][2]], made[0][0][3] == place[3]

def tell_mismatches(rule, wanted):
    for place, f, x, made, family, is_local in mismatches():
        if wanted(f, family):
            say(rule, place, "%s() of '%s', which %s() allocated" % (f, x, made[2]),
                [("allocated", made[0][1])], "" if is_local else "medium")

SIZES = {}
for size, names in ((1, "void char u8 s8 __u8 uint8_t int8_t unsignedchar signedchar bool"),
                    (2, "u16 s16 __u16 __le16 __be16 uint16_t short unsignedshort int16_t"),
                    (4, "u32 s32 __u32 __s32 __le32 __be32 uint32_t int unsignedint int32_t float uint unsigned"),
                    (8, "u64 s64 __u64 __le64 __be64 uint64_t long unsignedlong dma_addr_t int64_t size_t longlong ulong")):
    for name in names.split():
        SIZES[name] = size

def wrong_types():
    """(place, x, type it points to, type whose size is asked for) of each allocation where the two differ in size."""
    for place, x, pointed, es in facts.types:
        asked = re.findall(r"\bsizeof \( ((?:const )?(?:struct |union |enum )?\w+[ *]*) \)", re.sub(r"\s+", " ", es))
        rest = re.sub(r"\bsizeof \( [^()]* \)", "", es)
        if len(asked) != 1 or re.search(r"sizeof|_size|offsetof|[+/]", rest):
            continue
        t, u = (bare(re.sub(r"\b(const|volatile|__iomem|__user|__rcu)\b", "", one)) for one in (pointed, asked[0]))
        is_record = [one.startswith(("struct", "union")) and not one.endswith("*") for one in (t, u)]
        if t == u or (t in SIZES and SIZES[t] in (1, SIZES.get(u))) or (t.endswith("*") and u.endswith("*")):
            continue
        # Records are carved out of plain words on purpose; of an unknown typedef nothing can be said.
        if (is_record[0] and (is_record[1] or u.endswith("*") or u in SIZES)) or (t in SIZES and (u in SIZES or u.endswith("*"))):
            yield place, x, pointed, asked[0]
