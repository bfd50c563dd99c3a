#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""owners.py SOURCE: compilers understand every allocator; TAP.

Each row is an allocator, its right frees, a wrong one, and whether clang's analyzer follows it.  Of each row one file has the mistakes, one
function a mistake, and gcc and clang must warn of each; in the other all is right, and both are silent.
"""
import os
import re
import subprocess
import sys

SOURCE = sys.argv[1]
# gcc 12's analyzer follows a free by its first argument only; clang's follows what carries its own attribute.
ROWS = """
kmalloc(n, GFP_KERNEL) | kfree(p); kvfree(p); kfree_sensitive(p) | vfree(p) | gcc clang
kzalloc(n, GFP_KERNEL) | kfree(p) | vfree(p) | gcc
kcalloc(n, 8, GFP_KERNEL) | kfree(p) | vfree(p) | gcc
kmalloc_array(n, 8, GFP_KERNEL) | kfree(p); kvfree(p) | devm_kfree(dev, p) | gcc clang
kmalloc_node(n, GFP_KERNEL, 0) | kfree(p) | vfree(p) | gcc
kvmalloc(n, GFP_KERNEL) | kvfree(p); kvfree_sensitive(p, n) | vfree(p) | gcc clang
kvcalloc(n, 8, GFP_KERNEL) | kvfree(p) | vfree(p) | gcc
vmalloc(n) | vfree(p); kvfree(p) | kfree(p) | gcc clang
vzalloc(n) | vfree(p) | kfree(p) | gcc
__vmalloc(n, GFP_KERNEL) | vfree(p); vfree_atomic(p) | kfree(p) | gcc
vmalloc_array(n, 8) | vfree(p); kvfree(p) | kfree(p) | gcc clang
kstrdup(text, GFP_KERNEL) | kfree(p); kfree_const(p) | vfree(p) | gcc
kstrndup(text, n, GFP_KERNEL) | kfree(p) | vfree(p) | gcc
kmemdup(text, 3, GFP_KERNEL) | kfree(p); kfree_sensitive(p) | vfree(p) | gcc
kvmemdup(text, 3, GFP_KERNEL) | kvfree(p) | vfree(p) | gcc
kasprintf(GFP_KERNEL, "%d", 3) | kfree(p) | vfree(p) | gcc
bitmap_zalloc(n, GFP_KERNEL) | bitmap_free(p); kfree(p) | vfree(p) | gcc
mempool_alloc(pool, GFP_NOIO) | mempool_free(p, pool) | |
alloc_pages_exact(n, GFP_KERNEL) | free_pages_exact(p, n) | kfree(p) | gcc
alloc_percpu(long) | free_percpu(p) | kfree(p) | gcc
dma_pool_alloc(blocks, GFP_KERNEL, &dma) | dma_pool_free(blocks, p, dma) | kfree(p) |
dma_alloc_coherent(dev, n, &dma, GFP_KERNEL) | dma_free_coherent(dev, n, p, dma) | kfree(p) |
devm_kzalloc(dev, n, GFP_KERNEL) | devm_kfree(dev, p) | kfree(p) |
devm_kasprintf(dev, GFP_KERNEL, "%d", 3) | devm_kfree(dev, p) | kfree(p) |
kmem_cache_alloc(cache, GFP_KERNEL) | kmem_cache_free(cache, p); kfree(p) | |
"""
HEAD = """#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/bitmap.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/mempool.h>
#include <linux/percpu.h>
#include <linux/uaccess.h>
extern mempool_t *pool; extern struct dma_pool *blocks; extern struct device *dev; extern struct kmem_cache *cache;
extern const char *text; extern size_t n; extern dma_addr_t dma; extern void use(void *);
"""
TOOLS = {
    "gcc": ["gcc", "-O2", "-Wall", "-Wextra"],
    "gcc -fanalyzer": ["gcc", "-O0", "-fanalyzer", "-Wno-analyzer-malloc-leak", "-Wno-analyzer-too-complex"],
    "clang": ["clang", "-O2", "-Wall", "-Wextra"],
    "clang --analyze": ["clang", "--analyze", "-Xclang", "-analyzer-output=text", "-Xclang", "-analyzer-config", "-Xclang",
                        "unix.DynamicMemoryModeling:Optimistic=true"],
}
results = []


def tell(is_ok, name, details=()):
    results.append(is_ok)
    print(f"{'ok' if is_ok else 'not ok'} {len(results)} - {name}", flush=True)
    for line in () if is_ok else details:
        print("# " + str(line))


def said(tool, lines):
    """{line: warnings} of @tool on HEAD and @lines; 0 for what is not a warning of this file."""
    command = TOOLS[tool]
    own = subprocess.run([command[0], "-print-file-name=include"], capture_output=True, text=True, check=True).stdout.strip()
    run = subprocess.run([*command, "-c", "-o", os.devnull, "-x", "c", "-", "-std=gnu11", "-ffreestanding", "-funsigned-char", "-nostdinc", "-isystem",
                          own, "-I" + os.path.join(SOURCE, "include/kernel"), "-I" + os.path.join(SOURCE, "include"), "-I" +
                          os.path.join(SOURCE, "src/port/host"), "-include", "linux/kconfig.h", "-include", "linux/compiler_types.h",
                          "-D__KERNEL__", "-DMODULE", '-DKBUILD_MODNAME="x"', '-DKBUILD_BASENAME="x"', "-Wno-unused-parameter",
                          "-Wno-sign-compare", "-Wno-pointer-sign", "-fno-delete-null-pointer-checks"],
                         input=HEAD + "\n".join(lines) + "\n", capture_output=True, text=True, env=dict(os.environ, LC_ALL="C"))
    found = {} if not run.returncode else {0: [run.stderr[:2000]]}
    for line in run.stderr.splitlines():
        match = re.match(r"<stdin>:(\d+):\d+: warning: .*", line) or re.search(r"inlined from .* at <stdin>:(\d+):", line)
        if match:
            found.setdefault(int(match.group(1)) - HEAD.count("\n"), []).append(line)
        elif "error: " in line:
            found.setdefault(0, []).append(line)
    return found


def rows():
    for line in ROWS.strip().splitlines():
        make, frees, wrong, follow = [part.strip() for part in (line + " ").split(" | ")] if not line.endswith("|") else \
            [part.strip() for part in line[:-1].split(" | ")] + [""]
        yield make, [free.strip() for free in frees.split(";")], wrong, follow.split()


def bad(tool, snippets):
    """Each of @snippets, one function each, warns."""
    lines = [f"void bad_{i}(void);\nvoid bad_{i}(void) {{ {body} }}".split("\n")[1] for i, body in enumerate(snippets)]
    found = said(tool, ["#pragma GCC diagnostic ignored \"-Wmissing-prototypes\"", *lines])
    missed = [line for i, line in enumerate(lines, 2) if i not in found]
    tell(not missed and 0 not in found, f"{tool}: {len(lines)} mistakes warn", missed + found.get(0, []))


def main():
    table = list(rows())
    bad("gcc", [f"void *p = (__force void *){make}; if (p) {{ use(p); {wrong}; }}" for make, _, wrong, _ in table if wrong] +
        [f"{make};" for make, _, _, _ in table if "percpu" not in make] +
        ["use(kmalloc((size_t)-5, GFP_KERNEL));", "use(vmalloc((size_t)-1));",
         "char b[4]; use(kmemdup(b, 8, GFP_KERNEL)); use(b);",
         "char b[4]; use((void *)copy_from_user(b, (void __user *)text, 8)); use(b);", "use(kmem_cache_alloc(NULL, GFP_KERNEL));"])
    bad("clang", [f"{make};" for make, _, _, _ in table if "percpu" not in make] + ["use(kmem_cache_alloc(NULL, GFP_KERNEL));"])
    twice = [(f"void *p = (__force void *){make}; if (!p) return; {frees[0]}; {frees[0]};", follow) for make, frees, _, follow in table]
    bad("gcc -fanalyzer", [body for body, follow in twice if "gcc" in follow] +
        [f"char *p = (__force void *){make}; *p = 1; {frees[0]};" for make, frees, _, follow in table if "gcc" in follow])
    bad("clang --analyze", [body for body, follow in twice if "clang" in follow] +
        [f"char *p = (__force void *){make}; if (!p || n > 7) return; {frees[0]};" for make, frees, _, follow in table if make.startswith("vmalloc")])
    good = [f"void good_{i}_{k}(void); void good_{i}_{k}(void) {{ void *p = (__force void *){make}; if (!p) return; use(p); {free}; }}"
            for i, (make, frees, _, _) in enumerate(table) for k, free in enumerate(frees)]
    for tool in TOOLS:
        found = said(tool, good)
        tell(not found, f"{tool}: {len(good)} right pairs are silent", [line for lines in found.values() for line in lines][:20])
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
