// SPDX-License-Identifier: MIT
// common.cocci - what the scripts of all patches share; stands first in each run
@initialize:python@
@@
import os, re

class Facts:
    """What was seen in the file at hand: places are (line, function)."""
    def __init__(self):
        self.file, self.text = None, None
        self.allocs, self.calls, self.frees, self.maps, self.types, self.leaks = [], [], [], [], [], {}
        self.sleeps = {}

facts = Facts()

def bare(text):
    """An expression without blanks: two that look alike are alike."""
    return re.sub(r"\s+", "", str(text))

def nice(text):
    """As one would write it."""
    text = re.sub(r"\s*(->|\.|\[|\]|\(|\))\s*", r"\1", str(text))
    text = re.sub(r"([&!~]) ", r"\1", text).replace(" ,", ",").replace("sizeof(*", "sizeof(*")
    return re.sub(r"\s+", " ", re.sub(r"(^|[(,]\s?)\* ", r"\1*", text)).strip()

def say(rule, at, message, others=(), confidence=""):
    """One finding: at is a position, or a (file, line, column, function)."""
    if not isinstance(at[0], str):
        at = where(at)
    told = ";".join("%s@%s" % (role, line) for role, line in others)
    print("\nKMLINT\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s" % (rule, confidence, at[0], at[1], int(at[2]) + 1,
          at[3], message, told), flush=True)

def where(p):
    return (p[0].file, int(p[0].line), int(p[0].column), p[0].current_element)

def lines_of(file):
    """The file's lines, comments and strings blanked; read once."""
    if facts.file != file:
        facts.file = file
        with open(file, errors="replace") as source:
            text = source.read()
        keep = lambda m: re.sub(r"[^\n]", " ", m.group(0))
        facts.text = re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', keep, text, flags=re.S).split("\n")
    return facts.text

def function_range(file, line):
    """First and last line of the function that holds a line, as kernel code is laid out."""
    lines = lines_of(file)
    first = last = line - 1
    while first > 0 and not lines[first].startswith("{"):
        first -= 1
    while last < len(lines) - 1 and not lines[last].startswith("}"):
        last += 1
    return first + 1, last + 1

def body(file, line):
    first, last = function_range(file, line)
    return "\n".join(lines_of(file)[first - 1:last])

def between(file, first, last):
    return "\n".join(lines_of(file)[first - 1:last])

def name_at(p):
    """The word at a position: a name that a script chose cannot be handed on by spatch 1.1.1."""
    return re.match(r"\w*", lines_of(p[0].file)[int(p[0].line) - 1][int(p[0].column):]).group(0)

def is_plain(x):
    """A variable or a chain of members: means the same in two places unless written to."""
    return re.fullmatch(r"\*?\w+((->|\.)\w+)*", bare(x)) is not None

def args_of(es):
    """The arguments of a call, one each."""
    found, depth, part = [], 0, ""
    for c in str(es):
        depth += (c in "([{") - (c in ")]}")
        if c == "," and depth == 0:
            found.append(part.strip())
            part = ""
        else:
            part += c
    return found + [part.strip()]

def may_sleep(args):
    """The flags among the arguments allow it."""
    return re.search(r"\b(GFP_KERNEL|GFP_KERNEL_ACCOUNT|GFP_NOFS|GFP_NOIO|GFP_USER|GFP_HIGHUSER)\b",
                     str(args)) is not None

SLEEPERS = set("$sleepers".split(","))

def may_sleep_in(name, args):
    return name in SLEEPERS or may_sleep(args)

@script:python@
@@
facts.__init__()
