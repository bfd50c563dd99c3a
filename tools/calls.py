#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""calls.py OUTPUT HEADERS COMPILER...: a table of the library's functions as C text.

Each line is {"km_name", "SIZES", is_variadic}: for each argument the bytes of it that certainly are
filled in by a caller, as a digit.  The program that looks for memory nobody wrote asks at each call
of the library whether an argument is such memory.
"""
import os
import re
import subprocess
import sys

ONE_BYTE = re.compile(r"\b(bool|_Bool|char|u8|s8|__u8|__s8|uint8_t|int8_t)\b")
TWO_BYTES = re.compile(r"\b(short|u16|s16|__u16|__s16|uint16_t|int16_t)\b")
EIGHT_BYTES = re.compile(r"[*\[]|\b(long|u64|s64|__u64|__s64|size_t|ssize_t|uintptr_t|ktime_t|loff_t)\b")


def headers_of(directory):
    for folder, _, names in os.walk(os.path.join(directory, "linux")):
        for name in sorted(names):
            if name.endswith(".h"):
                yield os.path.relpath(os.path.join(folder, name), directory)


def preprocess(compiler, directory):
    text = "".join(f"#include <{name}>\n" for name in sorted(headers_of(directory)))
    words = compiler + ["-E", "-P", "-x", "c", "-D__KERNEL__", "-DKMALLOC_CHECK", "-DKBUILD_MODNAME=\"calls\"",
                        "-fsanitize=kernel-address", "-I", directory, "-include", "linux/kconfig.h",
                        "-include", "linux/compiler_types.h", "-"]
    return subprocess.run(words, input=text, capture_output=True, text=True, check=True).stdout


def split_arguments(text):
    depth, start, parts = 0, 0, []
    for at, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    return [part.strip() for part in parts + [text[start:]]]


def size_of(argument):
    if EIGHT_BYTES.search(argument):
        return "8"
    if ONE_BYTE.search(argument):
        return "1"
    return "2" if TWO_BYTES.search(argument) else "4"


def arguments_before(text, end):
    """The argument list whose closing parenthesis is the last thing before @end; None: not there."""
    end = len(text[:end].rstrip())
    if not end or text[end - 1] != ")":
        return None
    depth = 0
    for at in range(end - 1, -1, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth == 0:
            return text[at + 1:end - 1]
    return None


def main():
    output, directory, compiler = sys.argv[1], sys.argv[2], sys.argv[3:]
    text = preprocess(compiler, directory)
    calls = {}
    for match in re.finditer(r'__asm__\s*\(\s*"km_"\s*"(\w+)"\s*\)|__asm__\s*\(\s*"(km_\w+)"\s*"?(\w*)"?\s*\)', text):
        name = "km_" + match.group(1) if match.group(1) else match.group(2) + match.group(3)
        arguments = arguments_before(text, match.start())
        if arguments is None:
            continue
        parts = [part for part in split_arguments(arguments) if part and part != "void"]
        is_variadic = "..." in parts
        calls[name] = ("".join(size_of(part) for part in parts if part != "..."), is_variadic)
    with open(output, "w", encoding="utf-8") as file:
        for name in sorted(calls):
            sizes, is_variadic = calls[name]
            file.write(f'{{ "{name}", "{sizes}", {str(is_variadic).lower()} }},\n')


if __name__ == "__main__":
    main()
