#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""docs/api-coverage.md: each call of Linux's interface, from the code.

  coverage.py --write     write the page
  coverage.py             TAP: nothing undeclared without a reason, nothing declared without a row or a
                          comment that documents it, and the page on disk is what would be written

A call of tests/api/calls.txt is `absent` when a kernel header says "Absent: NAME - reason", `differs` when a
docstring that names it (in its title, or after "Also:") has a "Differs:" line, and `done` otherwise.
"""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parents[2]
page = root / "docs/api-coverage.md"
NAME = r"[A-Za-z_][A-Za-z_0-9]*"


def read(path):
    return path.read_text(encoding="utf-8")


def calls():
    """family -> names, in the order of the list"""
    families = {}
    for line in read(root / "tests/api/calls.txt").splitlines():
        if line and not line.startswith("#"):
            family, names = line.split(":")
            families.setdefault(family, []).extend(names.split())
    return families


def headers():
    return {path: read(path) for path in sorted((root / "include/kernel").rglob("*.h"))}


def without_comments(text):
    return re.sub(r"/\*.*?\*/", " ", text, flags=re.S)


def declared_names(texts):
    """names that a header declares, defines or makes a macro of"""
    names = {}
    for path, text in texts.items():
        code = without_comments(text)
        found = set(re.findall(rf"^[ \t]*#[ \t]*define[ \t]+({NAME})", code, re.M))
        found |= set(re.findall(rf"^(?![ \t#])[^;={{}}\n]*?\b({NAME})\s*\(", code, re.M))
        found |= set(re.findall(rf"^[ \t]+\*?({NAME})\([^;{{}}]*\)\s*KM_SYM", code, re.M))
        found |= set(re.findall(rf"KM_SYM\(({NAME})\)", code))
        for name in found:
            names.setdefault(name, path.relative_to(root / "include/kernel"))
    return names


def absences(texts):
    """name -> reason, from the headers' "Absent: NAME - reason" lines"""
    reasons = {}
    for text in texts.values():
        for comment in re.findall(r"/\*.*?\*/", text, re.S):
            flat = " ".join(line.strip().lstrip("*").strip() for line in comment[2:-2].splitlines())
            for part in flat.split("Absent: ")[1:]:
                match = re.match(rf"((?:{NAME}(?:\(\))?,? ?)+?) - (.*)", part)
                if match:
                    for name in re.findall(NAME, match.group(1)):
                        reasons[name] = match.group(2).strip()
    return reasons


def docstrings(texts):
    """name -> the docstrings that are about it, each a list of lines without the stars"""
    docs = {}
    sources = list(texts.items())
    sources += [(path, read(path)) for path in sorted((root / "src").rglob("*.[ch]"))
                if not path.name.endswith("_test.c")]
    for _, text in sources:
        for block in re.findall(r"/\*\*\n(.*?)\*/", text, re.S):
            lines = [re.sub(r"^[ \t]*\* ?", "", line) for line in block.splitlines()]
            names = re.findall(rf"({NAME})\(\)", " ".join(lines).split(" - ")[0])
            names += re.findall(rf"({NAME})\(\)", section(lines, "Also") or "")
            for name in names:
                docs.setdefault(name, []).append(lines)
    return docs


def section(lines, title):
    """the text after "Title:", up to the next title, argument or empty line; None without one"""
    words, inside = [], False
    for line in lines:
        match = re.search(rf"(?:^|\s){title}:\s*(.*)", line)
        if match:
            inside, line = True, match.group(1)
        elif inside and (not line.strip() or re.match(r"@|[A-Z][a-z]+:\s", line.strip())):
            break
        if inside:
            words.append(line.strip())
    return " ".join(words).strip() if words else None


def differences(docs):
    found = []
    for lines in docs:
        text = section(lines, "Differs")
        if text and text not in found and not text.lower().startswith("nothing known"):
            found.append(text)
    return " ".join(found)


def row_macros(text):
    """macro -> index of an argument that is a call -> how many rows one use makes for it"""
    macros = {"API": {0: 1}, "API_CONTEXTS": {0: 1}}
    for name, arguments, body in re.findall(r"^#define ([A-Z_]+)\(([\w,. ]+)\)((?:[^\n]*\\\n)*[^\n]*)", text, re.M):
        for index, argument in enumerate(arguments.split(",")):
            made = len(re.findall(rf"\bAPI(?:_CONTEXTS)?\({argument.strip()},", body))
            if made:
                macros.setdefault(name, {})[index] = made
    return macros


def rows():
    """name -> how many rows test it"""
    count = {}
    for path in sorted((root / "tests/api").glob("*.c")):
        text = read(path)
        for macro, calls_at in row_macros(text).items():
            for arguments in re.findall(rf"^{macro}\(([^()\n]*)", text, re.M):
                words = [word.strip() for word in arguments.split(",")]
                for index, made in calls_at.items():
                    if index < len(words) and re.fullmatch(NAME, words[index]):
                        count[words[index]] = count.get(words[index], 0) + made
    return count


def in_commented_paragraphs(texts):
    """names in paragraphs (lines without an empty one between) that begin with a comment"""
    names = set()
    sources = list(texts.values())
    sources += [read(path) for path in sorted((root / "src").rglob("*.[ch]")) if not path.name.endswith("_test.c")]
    for text in sources:
        for paragraph in text.split("\n\n"):
            if paragraph.lstrip("\n").startswith("/*") and not paragraph.startswith("/* SPDX"):
                names |= set(re.findall(rf"\b({NAME})\b", without_comments(paragraph)))
    return names


class Coverage:
    def __init__(self):
        texts = headers()
        self.families = calls()
        self.declared = declared_names(texts)
        self.absent = absences(texts)
        self.docs = docstrings(texts)
        self.commented = in_commented_paragraphs(texts)
        self.rows = rows()

    def all_names(self):
        return [name for names in self.families.values() for name in names]

    def state(self, name):
        if name in self.absent:
            return "absent", self.absent[name]
        if name not in self.declared:
            return "MISSING", "neither declared nor said to be absent"
        how = differences(self.docs.get(name, []))
        return ("differs", how) if how else ("done", "")

    def undeclared(self):
        return [name for name in self.all_names() if self.state(name)[0] == "MISSING"]

    def declared_and_absent(self):
        return [name for name in self.all_names() if name in self.absent and name in self.declared]

    def without_rows(self):
        return [name for name in self.all_names() if name in self.declared and not self.rows.get(name)]

    def without_docs(self):
        return [name for name in self.all_names()
                if name in self.declared and name not in self.docs and name not in self.commented]

    def unknown_rows(self):
        known = set(self.all_names())
        return [name for name in sorted(self.rows) if name not in known]

    def text(self):
        counts, out = {}, []
        for family, names in self.families.items():
            out += ["", f"## {family}", "", "| call | state | rows | header | how or why |", "|---|---|---|---|---|"]
            for name in names:
                state, why = self.state(name)
                counts[state] = counts.get(state, 0) + 1
                header = f"`{self.declared[name]}`" if name in self.declared else ""
                why = why.replace("|", "\\|")
                out.append(f"| `{name}` | {state} | {self.rows.get(name, 0)} | {header} | {why} |")
        total = sum(counts.values())
        sums = ", ".join(f"{counts[state]} {state}" for state in ("done", "differs", "absent", "MISSING")
                         if state in counts)
        head = ["# What there is of Linux's allocation interface", "",
                "Generated by `python3 tools/dev/coverage.py --write`; the test `api-coverage` holds it against the code.",
                "`differs`: the docstring has a \"Differs:\" line, given here.  `absent`: the header where Linux declares the",
                "call says why.  Rows: promises in `tests/api/` that name the call; each is run on both ports.", "",
                f"{total} calls: {sums}; {sum(self.rows.values())} rows."]
        return "\n".join(head + out) + "\n"


def main():
    coverage = Coverage()
    if "--write" in sys.argv:
        page.write_text(coverage.text(), encoding="utf-8")
        return 0
    checks = [
        ("every call is declared or said to be absent", coverage.undeclared()),
        ("nothing is declared and said to be absent", coverage.declared_and_absent()),
        ("every declared call has a row in tests/api", coverage.without_rows()),
        ("every row names a call of calls.txt", coverage.unknown_rows()),
        ("every declared call is documented where it is declared", coverage.without_docs()),
        ("docs/api-coverage.md is what coverage.py --write writes",
         [] if page.exists() and read(page) == coverage.text() else ["run coverage.py --write"]),
    ]
    print(f"1..{len(checks)}")
    for number, (what, bad) in enumerate(checks, 1):
        for name in bad:
            print(f"# {name}")
        print(f"{'not ok' if bad else 'ok'} {number} - {what}")
    return 1 if any(bad for _, bad in checks) else 0


if __name__ == "__main__":
    sys.exit(main())
