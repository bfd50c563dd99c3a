#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run.py SHOW - views of a loaded machine, read by programs that know the files of Linux

slabtop and vmstat -m of procps read /proc/slabinfo only; they get ours by a bind mount in a namespace of
their own, where that is allowed.  The columns are held against awk programs written from proc(5) and the
kernel's Documentation/filesystems/proc.rst.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

SHOW = sys.argv[1]
NODES = ["-o", "numa=fake=2"]


def show(*arguments):
    done = subprocess.run([SHOW, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"show {' '.join(arguments)}: status {done.returncode}: {done.stdout}{done.stderr}"
    return done.stdout


def awk(program, text):
    done = subprocess.run(["awk", program], input=text, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def in_place_of_slabinfo(command):
    """the output of @command with our text as /proc/slabinfo; None where that is not allowed"""
    if not shutil.which(command.split()[0]):
        return None
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(show("slabinfo"))
        file.flush()
        os.chmod(file.name, 0o644)
        script = f"mount --bind {file.name} /proc/slabinfo && {command}"
        done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False,
                              env={**os.environ, "TERM": "dumb", "COLUMNS": "120", "LINES": "500"})
    return done.stdout if done.returncode == 0 else None


class Skip(Exception):
    pass


def slabtop_reads_slabinfo():
    text = in_place_of_slabinfo("slabtop -o --sort=o")
    if text is None:
        raise Skip("no slabtop, or no mount namespace")
    rows = {line.split()[-1]: line.split() for line in text.splitlines() if re.match(r"\s*\d+\s", line)}
    row = rows.get("view_load")
    assert row, f"no view_load in:\n{text}"
    objects, active, slabs, per_slab = int(row[0]), int(row[1]), int(row[4]), int(row[5])
    assert active == 750 and objects == slabs * per_slab and objects >= 750, row
    assert "kmalloc-64" in rows, "slabtop shows the kmalloc caches"


def vmstat_reads_slabinfo():
    text = in_place_of_slabinfo("vmstat -m")
    if text is None:
        raise Skip("no vmstat, or no mount namespace")
    row = next((line.split() for line in text.splitlines() if line.startswith("view_load")), None)
    assert row and int(row[1]) == 750, text
    assert int(row[3]) >= 200 and int(row[2]) % int(row[4]) == 0, row


def slabinfo_has_its_columns():
    text = show("slabinfo")
    assert text.startswith("slabinfo - version: 2.1\n# name            <active_objs> <num_objs> <objsize> "), text[:90]
    bad = awk('NR > 2 && (NF != 16 || $7 != ":" || $8 != "tunables" || $12 != ":" || $13 != "slabdata" ||'
              ' $2 > $3 || $5 * $15 < $3 || $9 + $10 + $11 != 0) { print }', text)
    assert not bad, bad
    assert awk('$1 == "view_load" { print $2 }', text) == "750"
    for line in text.splitlines()[2:]:
        assert re.match(r"\S+ +\d+ +\d+ +\d+ +\d+ +\d+ : tunables    0    0    0 : slabdata +\d+ +\d+ +0$", line), line


def buddyinfo_counts_the_free_pages():
    text = show("buddyinfo", "zoneinfo")
    buddy, zone = text.split("== zoneinfo\n")
    bad = awk('/^Node/ && (NF != 15 || $1 != "Node" || $3 != "zone") { print }', buddy)
    assert not bad, bad
    for line in buddy.splitlines()[1:]:
        assert re.match(r"Node \d+, zone {1,8}\w+ ( {0,5}\d+ ){11}$", line), repr(line)
    free = awk('/^Node/ { for (i = 5; i <= NF; i++) sum += $i * 2 ^ (i - 5) } END { print sum }', buddy)
    in_zones = awk('/pages free/ { sum += $3 } END { print sum }', zone)
    assert abs(int(free) - int(in_zones)) <= 64, f"{free} pages in buddyinfo, {in_zones} in zoneinfo"


def two_nodes_are_two_blocks_of_lines():
    text = show(*NODES, "buddyinfo")
    assert {line.split()[1] for line in text.splitlines()} == {"0,", "1,"}, text
    text = show(*NODES, "pagetypeinfo")
    assert text.count("Page block order:") == 2 and text.count("Number of blocks type") == 2, text


def pagetypeinfo_has_a_line_a_type():
    text = show("pagetypeinfo", "buddyinfo")
    types, buddy = text.split("== buddyinfo\n")
    lines = types.splitlines()
    assert re.match(r"Page block order: \d+$", lines[1]) and re.match(r"Pages per block:  \d+$", lines[2]), lines[:3]
    assert lines[4].startswith("Free pages count per migrate type at order       0      1 "), lines[4]
    for zone in {line.split()[3] for line in buddy.splitlines()}:
        rows = [line for line in lines if re.match(rf"Node    0, zone +{zone}, type ", line)]
        assert [row.split()[5] for row in rows] == ["Unmovable", "Movable", "Reclaimable", "HighAtomic", "Isolate"], rows
        sums = [sum(int(row.split()[6 + order].lstrip(">")) for row in rows) for order in range(11)]
        line = next(line for line in buddy.splitlines() if line.split()[3] == zone)
        assert all(abs(a - int(b)) <= 2 for a, b in zip(sums, line.split()[4:])), f"{zone}: {sums} and {line}"
    head = next(line for line in lines if line.startswith("Number of blocks type"))
    assert head.split()[4:] == ["Unmovable", "Movable", "Reclaimable", "HighAtomic", "Isolate"], head
    blocks = awk('/^Node 0, zone/ && NF == 9 { for (i = 5; i <= 9; i++) sum += $i } END { print sum }', types)
    assert int(blocks) >= 256 * 256 // 512 - 2, blocks


def zoneinfo_is_in_order():
    text = show("zoneinfo")
    assert re.search(r"^Node 0, zone +DMA\n  per-node stats\n      nr_", text), text[:200]
    assert not awk('/^ *(min|low|high|promo) / { if ($2 < last && $1 != "min") print; last = $2 }', text)
    for zone in text.split("Node ")[1:]:
        marks = dict(re.findall(r"^        (\w+) +(\d+)$", zone, re.M))
        assert list(marks) == ["boost", "min", "low", "high", "promo", "spanned", "present", "managed", "cma"], marks
        assert re.search(r"^        protection: \(\d+(, \d+)+\)$", zone, re.M), zone
        populated = int(marks["managed"]) > 0
        assert ("  pagesets\n" in zone) == populated and ("start_pfn:" in zone) == populated, zone
        assert zone.count("    cpu: ") == (4 if populated else 0), zone
        for cpu in re.findall(r"    cpu: \d+\n((?:              .*\n)*)", zone):
            assert [line.split(":")[0].strip() for line in cpu.splitlines()] == \
                ["count", "high", "batch", "high_min", "high_max"], cpu
    assert "  vm stats threshold: " in text and "  node_unreclaimable:  0\n" in text


def meminfo_adds_up():
    text = show("meminfo")
    for line in text.splitlines():
        assert re.match(r"\w+: +\d+ kB$", line) and len(line) >= 27, repr(line)
    value = dict(re.findall(r"^(\w+): +(\d+) kB$", text, re.M))
    number = {name: int(text) for name, text in value.items()}
    assert number["Slab"] == number["SReclaimable"] + number["SUnreclaim"], text
    assert 0 < number["MemAvailable"] <= number["MemTotal"] and number["MemFree"] < number["MemTotal"], text
    assert number["VmallocUsed"] >= 4 * (3 + 5 + 8), text
    assert number["SReclaimable"] >= 150, "750 objects of 200 bytes in a reclaimable cache"
    slabs = awk('$1 == "view_load" { print $6 * $15 * 4 }', show("slabinfo"))
    assert number["SReclaimable"] >= int(slabs), text


def vmstat_is_names_and_numbers():
    text = show("vmstat")
    assert not awk('NF != 2 || $2 !~ /^[0-9]+$/ { print }', text), text
    names = [line.split()[0] for line in text.splitlines()]
    assert len(names) == len(set(names)) and names[0] == "nr_free_pages" and "nr_slab_reclaimable" in names, names


def vmallocinfo_has_the_areas():
    text = show("vmallocinfo")
    pages = []
    for line in text.splitlines():
        match = re.match(r"0x([0-9a-f]{16})-0x([0-9a-f]{16}) {1,7}(\d+) ", line)
        assert match, repr(line)
        start, end, size = int(match.group(1), 16), int(match.group(2), 16), int(match.group(3))
        assert end - start == size and start % 4096 == 0, line
        fields = dict(word.split("=") for word in line.split() if "=" in word)
        if line.endswith(" vmalloc") or " vmalloc " in line:
            assert size == (int(fields["pages"]) + 1) * 4096, line
            assert sum(int(count) for name, count in fields.items() if name[0] == "N") == int(fields["pages"]), line
            pages.append(int(fields["pages"]))
    assert sorted(pages)[-3:] == [3, 5, 8] or {3, 5, 8} <= set(pages), text
    starts = [line.split("-")[0] for line in text.splitlines()]
    assert starts == sorted(starts), "by address"


def allocinfo_counts_live_memory_by_line():
    text = show("-o", "sysctl.vm.mem_profiling=1", "allocinfo")
    lines = text.splitlines()
    assert lines[:2] == ["allocinfo - version: 1.0", "#     <size>  <calls> <tag info>"], lines[:2]
    for line in lines[2:]:
        assert re.match(r" {0,11}\d+ {1,8}\d+ \S+:\d+ (\[\w+\] )?func:\w+ $", line), repr(line)
    found = {}
    source = open(os.path.join(os.path.dirname(__file__), "load.c"), encoding="utf-8").read().splitlines()
    for line in lines[2:]:
        size, calls, where, function = line.split()
        if where.split(":")[0].endswith("load.c"):
            assert function == "func:load_make", line
            found[source[int(where.split(":")[1]) - 1].split(" = ")[-1].strip()] = (int(size), int(calls))
    slot = int(awk('$1 == "view_load" { print $4 }', show("slabinfo")))
    assert found["kmem_cache_alloc(cache, GFP_KERNEL);"][1] == 750, found
    assert 750 * 200 <= found["kmem_cache_alloc(cache, GFP_KERNEL);"][0] <= 750 * slot, found
    assert found["vmalloc((i + 1) * 10000);"] == (16 * 4096, 3), found
    assert show("allocinfo").count("\n") == 2, "nothing is counted unless it is asked for"


def attributes_of_a_cache_are_files():
    text = show("slab/view_load/objects", "slab/view_load/object_size", "slab/view_load/reclaim_account")
    values = dict(re.findall(r"== slab/view_load/(\w+)\n(.*)\n", text))
    assert values["object_size"] == "200" and values["reclaim_account"] == "1", values
    assert re.match(r"\d+( N\d+=\d+)+$", values["objects"]) and int(values["objects"].split()[0]) >= 750, values
    done = subprocess.run([SHOW, "-w", "slab/view_load/min_partial", "7\n"], capture_output=True, text=True, check=False)
    assert done.stdout == "2\n7\n", done.stdout
    done = subprocess.run([SHOW, "-w", "slab/view_load/objects", "7"], capture_output=True, text=True, check=False)
    assert done.stdout.startswith("-13\n"), done.stdout
    for name in ("slab/none/objects", "slab/view_load/none", "slab/view_load", "slab/"):
        done = subprocess.run([SHOW, name], capture_output=True, text=True, check=False)
        assert done.stdout == "error -2\n", f"{name}: {done.stdout}"


def names_that_are_none_are_refused():
    done = subprocess.run([SHOW, "nothing"], capture_output=True, text=True, check=False)
    assert done.stdout == "error -2\n", done.stdout
    done = subprocess.run([SHOW, "slabinfo2"], capture_output=True, text=True, check=False)
    assert done.stdout == "error -2\n", done.stdout


TESTS = [slabtop_reads_slabinfo, vmstat_reads_slabinfo, slabinfo_has_its_columns, buddyinfo_counts_the_free_pages,
         two_nodes_are_two_blocks_of_lines, pagetypeinfo_has_a_line_a_type, zoneinfo_is_in_order, meminfo_adds_up,
         vmstat_is_names_and_numbers, vmallocinfo_has_the_areas, allocinfo_counts_live_memory_by_line,
         attributes_of_a_cache_are_files, names_that_are_none_are_refused]


def main():
    failed = 0
    print(f"1..{len(TESTS)}")
    for number, test in enumerate(TESTS, 1):
        try:
            test()
            print(f"ok {number} - {test.__name__}")
        except Skip as skip:
            print(f"ok {number} - {test.__name__} # SKIP {skip}")
        except (AssertionError, ValueError, KeyError, subprocess.SubprocessError) as error:
            failed += 1
            for line in str(error).splitlines():
                print(f"# {line}")
            print(f"not ok {number} - {test.__name__}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
