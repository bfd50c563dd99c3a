#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the code against src/rooms.txt.  TAP on standard output, one case a room (and target).

rooms.py includes                 every #include of a room's files reaches only rooms its line names
rooms.py symbols BUILD PORT       every symbol a room's archive needs is defined in a room its line names, or in the port
rooms.py freestanding BUILD       the engine compiles with clang for three bare targets and needs only src/freestanding.txt
"""
import collections
import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SRC = os.path.join(TOP, "src")
TARGETS = {
    "x86_64": ["--target=x86_64-none-elf", "-mno-red-zone", "-mgeneral-regs-only"],
    "aarch64": ["--target=aarch64-none-elf", "-mgeneral-regs-only", "-mno-outline-atomics"],
    "riscv64": ["--target=riscv64-none-elf", "-march=rv64imac", "-mabi=lp64", "-mcmodel=medany"],
}
# Headers that this many engine files include are parsed once a target.
COMMON = 20
# Warnings the kernel itself does not use, as in meson.build.
QUIET = ["-Wno-unused-parameter", "-Wno-sign-compare", "-Wno-missing-field-initializers"]


def read_rooms():
    rooms = {}
    with open(os.path.join(SRC, "rooms.txt"), encoding="utf-8") as f:
        for line in f:
            line = line.split("#", 1)[0].strip()
            if line:
                name, _, allowed = line.partition(":")
                rooms[name.strip()] = set(allowed.split()) | {name.strip()}
    return rooms


def say(number, name, faults):
    print(f"{'not ok' if faults else 'ok'} {number} - {name}")
    for fault in faults[:40]:
        print("# " + fault)
    return bool(faults)


def room_files(room):
    for folder, _, names in os.walk(os.path.join(SRC, room)):
        for name in sorted(names):
            if name.endswith((".c", ".h", ".S", ".def")) and not name.endswith(("_test.c", "_fuzz.c")):
                yield os.path.join(folder, name)


def included_room(path, target, quoted, rooms):
    """The room an #include reaches, or None where it is no room's file (public headers, the compiler's)."""
    beside = os.path.normpath(os.path.join(os.path.dirname(path), target))
    if quoted and os.path.exists(beside):
        reached = beside
    elif os.path.exists(os.path.join(SRC, target)):
        reached = os.path.join(SRC, target)
    else:
        return None
    first = os.path.relpath(reached, SRC).split(os.sep)[0]
    return first if first in rooms else None


def include_faults(path, room, rooms):
    with open(path, encoding="utf-8") as f:
        lines = f.read().splitlines()
    for line_number, line in enumerate(lines, 1):
        match = re.match(r'\s*#\s*include\s+(["<])([^">]+)[">]', line)
        if not match:
            continue
        target = match.group(2)
        where = f"{os.path.relpath(path, TOP)}:{line_number}"
        if target.endswith(".c"):
            yield f"{where}: includes a .c file: {target}"
        reached = included_room(path, target, match.group(1) == '"', rooms)
        if reached and reached not in rooms[room]:
            yield f"{where}: room {room} may not include room {reached} ({target})"
        if room != "port" and re.match(r"port/\w+/", target):
            yield f"{where}: names one port ({target}); only the port's asm/ headers serve every port"


def check_includes():
    rooms = read_rooms()
    print(f"1..{len(rooms)}")
    failed = 0
    for number, room in enumerate(rooms, 1):
        faults = [fault for path in room_files(room) for fault in include_faults(path, room, rooms)]
        failed += say(number, f"includes of {room} follow rooms.txt", faults)
    return failed


def symbols_of(archive, nm):
    """(defined, needed with the object that needs it) of one archive."""
    defined, needed = set(), {}
    out = subprocess.run([nm, "-A", "-g", "-P", archive], check=True, capture_output=True, text=True).stdout
    for line in out.splitlines():
        where, _, rest = line.partition(": ")
        fields = rest.split()
        # The offset table is the linker's own: nobody defines it.
        if len(fields) < 2 or fields[1] in "vw" or fields[0] == "_GLOBAL_OFFSET_TABLE_":
            continue
        if fields[1] == "U":
            needed.setdefault(fields[0], where)
        else:
            defined.add(fields[0])
    return defined, needed


def outside_names():
    with open(os.path.join(SRC, "freestanding.txt"), encoding="utf-8") as f:
        return [name for name in (line.split("#", 1)[0].strip() for line in f) if name]


def symbol_faults(rooms, tables, of_port=()):
    """Per room: a needed symbol must be defined in an allowed room or the port, or be on the outside list."""
    outside = outside_names()
    home = {symbol: "port" for symbol in of_port}
    home.update({symbol: room for room in tables for symbol in tables[room][0]})
    faults = {room: [] for room in tables}
    for room in tables:
        for symbol, where in sorted(tables[room][1].items()):
            owner = home.get(symbol)
            if owner in rooms[room] or any(fnmatch.fnmatchcase(symbol, name) for name in outside):
                continue
            faults[room].append(f"{where} needs {symbol}, " + (
                f"which is in the later room {owner}" if owner else "which nothing it may use defines"))
    return faults


def check_symbols(build, port):
    rooms = read_rooms()
    names = [room for room in rooms if room != "port"]
    tables = {room: symbols_of(os.path.join(build, f"libroom-{room}-{port}.a"), "nm") for room in names}
    # The port itself is hosted: what it needs is libc's; what its inline verbs call is its own.
    of_port, _ = symbols_of(os.path.join(build, f"libroom-port-{port}.a"), "nm")
    faults = symbol_faults(rooms, tables, of_port)
    print(f"1..{len(names)}")
    return sum(say(number, f"symbols of {room} on {port} come from earlier rooms", faults[room])
               for number, room in enumerate(names, 1))


def first_tool(*names):
    return next((name for name in names if shutil.which(name)), None)


def cross_command(entry, clang, resource, target, output):
    """The native compile command of one engine file, turned into a freestanding one."""
    # The plain port stands for a bare one: what the engine needs of it is what kmalloc/port.h says and no more.
    out, skip = [], False
    words = shlex.split(entry["command"])
    # Where ccache is installed meson puts it before the compiler.
    for word in words[2 if os.path.basename(words[0]) == "ccache" else 1:]:
        if skip:
            skip = False
        elif word in ("-isystem", "-idirafter", "-o", "-MF", "-MQ", "-c"):
            skip = word != "-c"
        elif word == entry["file"] or word in ("-pipe", "-MD", "-g", "-fPIE", "-fno-pie"):
            continue
        elif not word.startswith(("-fdiagnostics", "-O", "-W", "-fprofile", "--coverage",
                                   "-mmemset-strategy", "-mmemcpy-strategy")):  # the last two are gcc's, for x86
            out.append(re.sub(r"src/port/sim$", "src/port/plain", word))
    return [clang, *TARGETS[target], *out, "-isystem", os.path.join(resource, "include"), "-Wall", "-Wextra",
            "-Werror", *QUIET, "-O2", "-c", entry["file"], "-o", output]


def without_forced(command):
    """@command without the headers that meson's command includes first: they are in the precompiled one."""
    out = list(command)
    while "-include" in out:
        at = out.index("-include")
        del out[at:at + 2]
    return out


def text_of(entry):
    with open(os.path.join(entry["directory"], entry["file"]), encoding="utf-8") as f:
        return f.read()


def defines_first(entry):
    """Has the file a macro before its last #include?  That may change what the header says."""
    return bool(re.search(r"^#\s*define.*^#\s*include", text_of(entry), re.M | re.S))


def precompile(entries, command, directory, folder):
    """One header of the kernel's headers that many engine files include, precompiled; None where that fails."""
    counts = collections.Counter()
    for room in entries:
        for entry in entries[room]:
            counts.update(set(re.findall(r"^#include <(linux/[^>]+)>", text_of(entry), re.M)))
    header = os.path.join(folder, "common.h")
    with open(header, "w", encoding="utf-8") as out:
        out.writelines(f"#include <{name}>\n" for name in sorted(counts) if counts[name] >= COMMON)
    at = command.index("-c")
    run = subprocess.run([*command[:at], "-x", "c-header", header, "-o", header + ".pch"], cwd=directory,
                         capture_output=True, check=False)
    return header + ".pch" if run.returncode == 0 else None


def compile_one(job):
    """What is wrong with one file.  The precompiled header only saves time: a file that does not get on with it (it may
    have a macro of its own by a name of ours) is judged without it."""
    command, directory, header = job
    if header:
        quick = [command[0], "-include-pch", header, *without_forced(command[1:])]
        if subprocess.run(quick, cwd=directory, capture_output=True).returncode == 0:
            return []
    run = subprocess.run(command, cwd=directory, capture_output=True, text=True)
    return [] if run.returncode == 0 else run.stderr.strip().splitlines()[:3] or ["compiler failed silently"]


def engine_entries(build):
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as f:
        commands = json.load(f)
    entries = {}
    for entry in commands:
        match = re.match(r"libroom-(\w+)-sim\.a\.p/", entry.get("output", ""))
        if match and match.group(1) != "port":
            entries.setdefault(match.group(1), []).append(entry)
    return entries


def compile_target(entries, clang, resource, target, folder):
    """Compile every engine file for @target; faults per room, and an archive a room in @folder."""
    jobs = []
    for room in entries:
        os.mkdir(os.path.join(folder, room))
        for entry in entries[room]:
            name = os.path.basename(entry["output"])
            command = cross_command(entry, clang, resource, target, os.path.join(folder, room, name))
            jobs.append((room, command, entry["directory"], defines_first(entry)))
    header = precompile(entries, *jobs[0][1:3], folder) if jobs else None
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(compile_one, [(command, directory, None if is_alone else header)
                                              for _, command, directory, is_alone in jobs]))
    faults = {room: [] for room in entries}
    for (room, *_), errors in zip(jobs, results):
        faults[room] += errors
    for room in entries:
        objects = sorted(os.listdir(os.path.join(folder, room)))
        subprocess.run(["ar", "rc", os.path.join(folder, room + ".a"),
                        *[os.path.join(folder, room, name) for name in objects]], check=True)
    return faults


def check_freestanding(build):
    clang, nm = first_tool("clang-14", "clang", "clang-19"), first_tool("llvm-nm-14", "llvm-nm", "llvm-nm-19")
    if not clang or not nm:
        print("1..0 # SKIP needs clang and llvm-nm (packages clang, llvm)")
        return 0
    resource = subprocess.run([clang, "-print-resource-dir"], check=True, capture_output=True, text=True).stdout.strip()
    rooms, entries = read_rooms(), engine_entries(build)
    engine = [room for room in rooms if room != "port" and next(room_files(room), None)]
    print(f"1..{len(TARGETS) * (len(engine) + 1)}")
    failed, number = 0, 0
    for target in TARGETS:
        with tempfile.TemporaryDirectory() as folder:
            faults = compile_target(entries, clang, resource, target, folder)
            for room in engine:
                number += 1
                failed += say(number, f"{room} compiles freestanding for {target}",
                              faults.get(room, ["no file of this room in compile_commands.json"]))
            number += 1
            if any(faults.values()):
                wrong = ["not looked at: a room did not compile"]
            else:
                tables = {room: symbols_of(os.path.join(folder, room + ".a"), nm) for room in entries}
                wrong = [fault for faulty in symbol_faults(rooms, tables).values() for fault in faulty]
            failed += say(number, f"undefined symbols for {target} are on the allowed list", wrong)
    return failed


def main(words):
    if words == ["includes"]:
        return check_includes()
    if len(words) == 3 and words[0] == "symbols":
        return check_symbols(words[1], words[2])
    if len(words) == 2 and words[0] == "freestanding":
        return check_freestanding(words[1])
    print(__doc__.strip(), file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
