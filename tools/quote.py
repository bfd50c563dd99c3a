#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""quote.py INPUT OUTPUT: a text file as a C string, line by line."""
import sys

with open(sys.argv[1], encoding="utf-8") as source, open(sys.argv[2], "w", encoding="utf-8") as out:
    for line in source.read().splitlines():
        escaped = line.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
        out.write(f'"{escaped}\\n"\n')
