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
    if is_never_compiled(at[0], int(at[1])):
        return
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

def indent(line):
    text = line.expandtabs(8)
    return len(text) - len(text.lstrip()) if text.strip() else None

def loops_around(file, line):
    """(first, last) of each loop that a line stands in, as far as the layout tells."""
    lines, here, found = lines_of(file), indent(lines_of(file)[line - 1]) or 0, []
    for at in range(line - 1, function_range(file, line)[0], -1):
        text = lines[at - 1]
        depth = indent(text)
        if depth is None or depth >= here or re.match(r"\s*(\w+:|#)", text):
            continue
        here = depth
        if re.match(r"\s*(for|while|do|\w*for_each\w*)\b", text):
            last = line
            while last < len(lines) and (indent(lines[last - 1]) is None or indent(lines[last - 1]) > depth):
                last += 1
            found.append((at, last))
    return found

def is_left_by_loop(file, first, last, x):
    """The way from one line to the other leaves a loop in which the variable gets other values."""
    name = re.escape(re.match(r"\W*(\w+)", bare(x)).group(1))
    for begin, end in loops_around(file, first):
        if last > end and (re.search(r"\b%s\b" % name, lines_of(file)[begin - 1]) or
                           re.search(r"(?<![\w.>])%s\s*=(?!=)|\b%s\s*=(?!=)" % (name, re.escape(bare(x))), between(file, begin, end))):
            return True
    return False

def statement_at(file, line):
    """The lines from the one that ends the statement before to the given one."""
    lines, first = lines_of(file), line
    while first > 1 and not re.search(r"[;{}:]\s*$", lines[first - 2]) and lines[first - 2].strip():
        first -= 1
    return " ".join(lines[first - 1:line])

def asks_first(file, line, x):
    """The statement itself tests the pointer, or another condition, before it looks behind it."""
    name = re.escape(nice(x))
    text = statement_at(file, line)
    if re.search(r"=[^=]*&\s*%s\s*->\w+\s*;" % name, text):
        return True  # an address only: nothing is read yet
    return re.search(r"!\s*%s\b|%s\s*\)?\s*(\?|&&|\|\||[!=]=\s*NULL)|typeof\s*\(\s*\*?\s*%s" % (name, name, name), text) is not None

def is_behind_condition(file, line, x):
    """In `a && x->b` the second half depends on the first."""
    return re.search(r"(&&|\|\||\?).*%s" % re.escape(nice(x)), statement_at(file, line)) is not None

def same_block_frees(file, line, x):
    """Something with free in its name is given the pointer in the block that ends at the line."""
    lines, here = lines_of(file), indent(lines_of(file)[line - 1]) or 0
    for at in range(line - 1, 0, -1):
        depth = indent(lines[at - 1])
        if depth is not None and depth < here:
            return False
        if re.search(r"\w*(free|put|release|destroy)\w*\s*\(.*\b%s\b" % re.escape(x), lines[at - 1]):
            return True
    return False

def is_conditional(file, first, last):
    """The block that a line stands in ends before the other line: what it does may not have been done."""
    lines, here = lines_of(file), indent(lines_of(file)[first - 1]) or 0
    inside = [indent(text) for text in lines[first:last] if not re.match(r"\s*(\w+:\s*$|#)", text)]
    return any(depth is not None and depth < here for depth in inside)

def is_fair_use(p, q, x):
    """A use behind a free that can come true: no test in between that the patch does not see, no other value."""
    file, first, last = p[0].file, int(p[0].line), int(q[0].line)
    return last > first and not (asks_first(file, last, x) or is_behind_condition(file, last, x) or is_left_by_loop(file, first, last, x)
                                 or excludes(file, first, last) or is_left_between(file, first, last))

def is_failure(file, line):
    """`return -E...`, or `return error` in a block that is entered because of that error."""
    lines = lines_of(file)
    m = re.search(r"\breturn\s+(\w+)\s*;", lines[line - 1])
    if not m or m.group(1).isupper():
        return True
    here, at = indent(lines[line - 1]), line - 1
    while at > 0 and (indent(lines[at - 1]) is None or indent(lines[at - 1]) >= here):
        at -= 1
    return re.search(r"\bif\s*\(.*\b%s\b" % m.group(1), statement_at(file, at)) is not None and \
        not re.search(r"!\s*%s\b|\b%s\s*(>|>=|==)" % (m.group(1), m.group(1)), statement_at(file, at))

def how_sure(p, q):
    """A lock that is taken in a block of its own may not be held behind it."""
    return "low" if is_conditional(p[0].file, int(p[0].line), int(q[0].line)) else ""

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
