#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds our C against the measurable half of the house style.  TAP, one case a rule.

A line that breaks a rule with a reason carries the words `style: RULE` in a comment, or its file's head comment does.
"""
import os
import re
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LINE_COLUMNS, FILE_LINES, FUNCTION_LINES, NESTING = 100, 600, 60, 5


def our_files():
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "*.c", "*.h", "*.S", "*.py", "*.sh",
                          "*.def", "*meson.build", "Makefile"],
                         cwd=TOP, check=True, capture_output=True, text=True).stdout
    return [name for name in out.splitlines() if os.path.exists(os.path.join(TOP, name))]


def read(name):
    with open(os.path.join(TOP, name), encoding="utf-8") as f:
        return f.read()


def is_excused(text, line, rule):
    return f"style: {rule}" in line or f"style: {rule}" in text[:2000]


def strip_comments_and_strings(text):
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text, flags=re.S)


def functions(text):
    """(first line, last line, body text) of each function whose body starts with { in column 0."""
    lines, start = strip_comments_and_strings(text).splitlines(), None
    for number, line in enumerate(lines, 1):
        if line.startswith("{") and number > 1 and not lines[number - 2].rstrip().endswith((";", "=", "}")):
            start = number
        elif line.startswith("}") and start:
            yield start, number, lines[start - 1:number]
            start = None


def spdx(name, text):
    if "SPDX-License-Identifier: MIT" not in "\n".join(text.splitlines()[:3]):
        yield f"{name}:1: no SPDX-License-Identifier: MIT in the first lines"


def columns(name, text):
    """Of C only: scripts and build files have no fixed width."""
    if not name.endswith((".c", ".h", ".def", ".S")):
        return
    for number, line in enumerate(text.splitlines(), 1):
        width = len(line.expandtabs(8))
        if width > LINE_COLUMNS and not is_excused(text, line, "columns"):
            yield f"{name}:{number}: {width} columns, more than {LINE_COLUMNS}"


def file_length(name, text):
    count = text.count("\n")
    if count > FILE_LINES and not is_excused(text, "", "length"):
        yield f"{name}: {count} lines, more than {FILE_LINES}: which second noun moved in?"


def function_length(name, text):
    if name.endswith(".c"):
        for start, end, body in functions(text):
            if end - start - 1 > FUNCTION_LINES and not is_excused(text, text.splitlines()[start - 2], "function"):
                yield f"{name}:{start}: a function of {end - start - 1} lines, more than {FUNCTION_LINES}"


def nesting(name, text):
    if name.endswith(".c"):
        for start, _, body in functions(text):
            for offset, line in enumerate(body):
                tabs = len(line) - len(line.lstrip("\t"))
                if tabs > NESTING and re.match(r"\t+(if|for|while|switch|do)\b", line):
                    yield f"{name}:{start + offset}: nested deeper than {NESTING - 1}"


def no_if_in_functions(name, text):
    if name.endswith(".c"):
        for start, _, body in functions(text):
            for offset, line in enumerate(body):
                if re.match(r"\s*#\s*(if|ifdef|ifndef|elif)\b", line):
                    yield f"{name}:{start + offset}: #if inside a function"


def tabs(name, text):
    if name.endswith((".c", ".h")):
        for number, line in enumerate(text.splitlines(), 1):
            if re.match(r"\t* {8}", line):
                yield f"{name}:{number}: spaces where the kernel uses a tab"
            if line != line.rstrip():
                yield f"{name}:{number}: white space at the end of the line"


def no_typedef_struct(name, text):
    if name.startswith(("src/", "tools/", "include/kmalloc/")) and name.endswith((".c", ".h")):
        for number, line in enumerate(text.splitlines(), 1):
            if re.match(r"\s*typedef\s+struct\b", line):
                yield f"{name}:{number}: typedef of a struct"


def kernel_label(name, text):
    """Every extern function of include/kernel carries KM_SYM."""
    if not (name.startswith("include/kernel/") and name.endswith(".h")):
        return
    code = re.sub(r"^\s*#(?:[^\n]*\\\n)*[^\n]*", "", strip_comments_and_strings(text), flags=re.M)
    depth, statement, line_number = 0, "", 1
    for number, line in enumerate(code.splitlines(), 1):
        for char in line + "\n":
            if depth == 0:
                if not statement.strip():
                    line_number, statement = number, ""
                statement += char
            depth += {"{": 1, "}": -1}.get(char, 0)
            if depth == 0 and char in ";}":
                words = " ".join(statement.split())
                if re.match(r"^(?!__attribute__)[\w\s\*]+\**\s*\w+\s*\(", words) and words.endswith(";") and "KM_SYM" not in words \
                        and "{" not in words and not re.match(r"^(typedef|static|struct \w+ \{|enum|union|_Static_assert)", words):
                    yield f"{name}:{line_number}: no KM_SYM label: {words[:70]}"
                statement = ""


RULES = [
    ("each file carries the licence", spdx),
    ("lines fit", columns),
    ("a file is one noun", file_length),
    ("functions fit on a screen", function_length),
    ("nesting stays shallow", nesting),
    ("no #if inside a function", no_if_in_functions),
    ("white space is the kernel's", tabs),
    ("structs have no typedef", no_typedef_struct),
    ("functions of the kernel headers carry KM_SYM", kernel_label),
]


def main():
    texts = {name: read(name) for name in our_files()}
    print(f"1..{len(RULES)}")
    failed = 0
    for number, (title, rule) in enumerate(RULES, 1):
        faults = [fault for name, text in texts.items() for fault in rule(name, text)]
        failed += bool(faults)
        print(f"{'not ok' if faults else 'ok'} {number} - {title}")
        for fault in faults[:60]:
            print("# " + fault)
        if len(faults) > 60:
            print(f"# and {len(faults) - 60} more")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
