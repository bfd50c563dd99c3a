#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run.py BUILD SOURCE: install into an empty prefix and use it from outside; TAP.

An outside program is built with pkg-config kmalloc, kernel-side code with pkg-config kmalloc-kernel, and the installed
command checks a module, with the source tree's headers out of reach.
"""
import os
import shutil
import subprocess
import sys
import tempfile

BUILD, SOURCE = (os.path.abspath(path) for path in sys.argv[1:3])
HERE = os.path.dirname(os.path.abspath(__file__))
ROOM = tempfile.TemporaryDirectory(prefix="install-")
PREFIX = os.path.join(ROOM.name, "prefix")
CASES = []


def case(function):
    CASES.append(function)
    return function


def run(*words, status=0, **more):
    answer = subprocess.run(words, capture_output=True, text=True, cwd=ROOM.name, stdin=subprocess.DEVNULL, **more)
    if answer.returncode != status:
        raise AssertionError(f"{' '.join(words)}\nexit {answer.returncode}, expected {status}\n{answer.stdout[-2000:]}\n"
                             f"{answer.stderr[-3000:]}")
    return answer.stdout


def pkg_config(*words):
    for folder, _, names in os.walk(PREFIX):
        if "kmalloc.pc" in names:
            return run("pkg-config", *words, env={**os.environ, "PKG_CONFIG_PATH": folder}).split()
    raise AssertionError("no kmalloc.pc below the prefix")


def copy(name):
    shutil.copy(os.path.join(HERE, name), ROOM.name)
    return name


@case
def meson_install_fills_an_empty_prefix():
    staged = os.path.join(ROOM.name, "stage")
    run("meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", staged)
    roots = [folder for folder, _, names in os.walk(staged) if folder.endswith("/bin") and "kmalloc" in names]
    assert len(roots) == 1, f"kmalloc installed in {roots}"
    # Moved on purpose: nothing installed may depend on where it was configured to go.
    shutil.move(os.path.dirname(roots[0]), PREFIX)


@case
def lint_finds_its_patches():
    assert "use-after-free (error, high)" in run(os.path.join(PREFIX, "bin", "kmalloc"), "lint", "--list")


@case
def an_outside_program_links_and_runs():
    for compiler in ("gcc", "clang"):
        if not shutil.which(compiler):
            continue
        run(compiler, copy("outside.c"), "-o", "outside-" + compiler, "-Wall", "-Wextra", "-Werror", "-g",
            *pkg_config("--cflags", "--libs", "kmalloc"))
        out = run(os.path.join(ROOM.name, "outside-" + compiler))
        assert "outside: ok" in out, out


@case
def kernel_side_code_compiles_against_the_installed_headers():
    for compiler in ("gcc", "clang"):
        if not shutil.which(compiler):
            continue
        headers = run(compiler, "-print-file-name=include").strip()
        run(compiler, "-c", copy("side.c"), "-o", f"side-{compiler}.o", "-Wall", "-Werror", "-g",
            *pkg_config(f"--define-variable=compilerdir={headers}", "--cflags", "kmalloc-kernel"))
        run(compiler, "-c", copy("mixed.c"), "-o", f"mixed-{compiler}.o", "-Wall", "-Werror", "-g",
            *pkg_config("--cflags", "kmalloc"))
        run(compiler, f"mixed-{compiler}.o", f"side-{compiler}.o", "-o", "mixed-" + compiler,
            *pkg_config("--libs", "kmalloc"))
        out = run(os.path.join(ROOM.name, "mixed-" + compiler))
        assert "mixed: ok" in out, out


@case
def the_guide_from_a_shim_shows_what_prints():
    folder = next(folder for folder, _, names in os.walk(PREFIX) if "kmalloc.pc" in names)
    out = run(sys.executable, os.path.join(SOURCE, "tools", "dev", "printed.py"), os.path.join(PREFIX, "bin", "kmalloc"),
              os.path.join(SOURCE, "docs", "from-a-shim.md"), env={**os.environ, "PKG_CONFIG_PATH": folder})
    assert out.startswith("1..1\nok 1"), out


@case
def the_installed_library_exports_only_its_own_names():
    archive = next(os.path.join(folder, "libkmalloc.a") for folder, _, names in os.walk(PREFIX) if "libkmalloc.a" in names)
    names = {line.split()[-1] for line in run("nm", "-g", "--defined-only", archive).splitlines() if len(line.split()) == 3}
    strangers = sorted(name for name in names if not name.startswith(("km_", "__asan_", "__sanitizer_")))
    assert names and not strangers, f"{len(strangers)} names of others: {strangers[:20]}"


@case
def the_installed_command_checks_a_module():
    kmalloc = os.path.join(PREFIX, "bin", "kmalloc")
    for name, status in (("ring_bad.c", 1), ("ring_good.c", 0)):
        shutil.copy(os.path.join(SOURCE, "examples", name), ROOM.name)
        run(kmalloc, "check", name, status=status)
    assert "GFP_KERNEL" in run(kmalloc, "gfp", "0xcc0")


@case
def nothing_installed_names_the_build_or_the_source():
    for folder, _, names in os.walk(PREFIX):
        for name in names:
            if name.endswith((".pc", ".h", ".def")):
                with open(os.path.join(folder, name), encoding="utf-8") as f:
                    text = f.read()
                assert BUILD not in text and SOURCE not in text, f"{name} names the build"


def main():
    failed = 0
    print(f"1..{len(CASES)}")
    for number, function in enumerate(CASES, 1):
        try:
            function()
            print(f"ok {number} - {function.__name__}")
        except (AssertionError, StopIteration, OSError) as wrong:
            failed += 1
            print(f"not ok {number} - {function.__name__}")
            for line in f"{type(wrong).__name__}: {wrong}".splitlines():
                print("# " + line)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
