// SPDX-License-Identifier: MIT
// ways.cocci - which ways through a function go together, as far as the layout tells
@initialize:python@
@@
def in_parentheses(text):
    """What stands in the parentheses that a text begins with."""
    depth = 0
    for at, c in enumerate(text):
        depth += (c == "(") - (c == ")")
        if depth == 0:
            return text[1:at]
    return text[1:]

def conditions_of(file, line):
    """What must be true, without blanks, for a line to be come by; that of an else is negated."""
    lines, here, found, is_else = lines_of(file), indent(lines_of(file)[line - 1]) or 0, [], False
    for at in range(line - 1, function_range(file, line)[0], -1):
        text, depth = lines[at - 1], indent(lines[at - 1])
        if depth is None or depth > here or (depth == here and not is_else) or re.match(r"\s*(\w+:|#)", text):
            continue
        asked = re.match(r"\s*(?:\}\s*)?(?:else\s+)?if\s*(\(.*)", text)
        if asked:
            condition = bare(in_parentheses(asked.group(1) + " ".join(lines[at:line])))
            found.append("!(%s)" % condition if is_else and depth == here else condition)
        elif is_else and depth == here:
            continue
        here, is_else = depth, not asked and re.match(r"\s*(\}\s*)?else\b", text) is not None
    return found

def opposites(condition):
    """The same condition the other way round, in each of the ways it is written."""
    found = {"!" + condition, "!(%s)" % condition}
    if condition.startswith("!(") and in_parentheses(condition[1:]) == condition[2:-1]:
        found.add(condition[2:-1])
    elif re.fullmatch(r"!\w+((->|\.)\w+)*", condition):
        found.add(condition[1:])
    return found

def rest_of_block(file, line, last):
    """The lines behind a line that stand in its own block, deeper ones and labels left out."""
    lines, here = lines_of(file), indent(lines_of(file)[line - 1]) or 0
    for at in range(line + 1, last):
        depth = indent(lines[at - 1])
        if depth is None or depth > here or re.match(r"\s*(\w+:|#)", lines[at - 1]):
            continue
        if depth < here:
            return
        yield lines[at - 1]

def is_untrue(condition, variable, value):
    """The condition does not hold when the variable has the value."""
    if value.startswith("-"):
        return condition in ("!" + variable, variable + "==0", variable + ">=0")
    other = re.fullmatch(re.escape(variable) + r"==([A-Z][A-Z0-9_]*)", condition)
    return other is not None and other.group(1) != value

def excludes(file, first, last):
    """Who came by the one line does not come by the other: their conditions are opposite, or the block of the first sees to it."""
    one, other = conditions_of(file, first), conditions_of(file, last)
    if any(opposites(condition) & set(other) for condition in one):
        return True
    for text in rest_of_block(file, first, last):
        given = re.match(r"\s*(\w+(?:(?:->|\.)\w+)*)\s*=\s*(-?[A-Z][A-Z0-9_]*|-\d+)\s*;", text)
        if given and any(is_untrue(condition, given.group(1), given.group(2)) for condition in other if condition not in one):
            return True
    return False

def is_left_between(file, first, last):
    """The condition of the first line is asked again behind its block, and the function left."""
    one = conditions_of(file, first)
    one += [m.group(1) for m in (re.fullmatch(r"(\w+)(<0|!=0|>0)", condition) for condition in one) if m]
    here = conditions_of(file, last)
    for at in range(first + 1, last):
        if re.match(r"\s*return\b", lines_of(file)[at - 1]) and is_conditional(file, first, at):
            asked = [condition for condition in conditions_of(file, at) if condition not in here]
            if len(asked) == 1 and asked[0] in one:
                return True
    return False

def goes_on(file, line, last):
    """The block of a line is not left by a return or a goto in it or behind it."""
    leaves = r"\s*(return|goto|break|continue)\b"
    return not any(re.match(leaves, text) for text in [lines_of(file)[line - 1], *rest_of_block(file, line, last)])

def is_freed_under_condition(file, first, last, x):
    """Between the lines the memory is freed under a condition that, by all looks, goes with the way to the second."""
    free = r"\w*(free|put|release|destroy)\w*\s*\(\s*(\w+,\s*)?%s\s*\)" % re.escape(nice(x))
    return any(re.search(free, lines_of(file)[at - 1]) and is_conditional(file, at, last) and goes_on(file, at, last)
               for at in range(first + 1, last))

UNLOCKED = {}

def unlockers(file):
    """The functions of the file that give back a lock which they did not take."""
    if file not in UNLOCKED:
        UNLOCKED.clear()
        UNLOCKED[file] = set()
        text = "\n".join(lines_of(file))
        for m in re.finditer(r"\b(\w+)\([^;{}]*\)\s*(?:__\w+\([^;{}]*\)\s*)*^\{(.*?)^\}", text, re.M | re.S):
            does = set(re.findall(r"\b(?:raw_)?(?:spin|read|write)_(?:try)?(lock|unlock)\w*\s*\(", m.group(2)))
            if does == {"unlock"}:
                UNLOCKED[file].add(m.group(1))
    return UNLOCKED[file]

def is_unlocked_by_call(file, first, last):
    """A function of the file that gives the lock back is called on the way."""
    for at in range(first + 1, last):
        names = re.findall(r"\b(\w+)\s*\(", lines_of(file)[at - 1])
        if any(name in unlockers(file) for name in names) and goes_on(file, at, last):
            return True
    return False

def is_never_compiled(file, line):
    """Between `#ifndef NAME` and what ends it, when the file defines NAME in front."""
    lines, depth = lines_of(file), 0
    for at in range(line - 1, 0, -1):
        word = re.match(r"\s*#\s*(endif|else|elif|if\w*)\b\s*(\w*)", lines[at - 1])
        if not word:
            continue
        if word.group(1) == "endif":
            depth += 1
        elif word.group(1).startswith("if") and depth > 0:
            depth -= 1
        elif depth == 0 and word.group(1) in ("else", "elif"):
            depth = 1  # another branch: its #if says nothing of this one
        elif word.group(1) == "ifndef" and is_defined(lines[:at - 1], word.group(2)):
            return True
    return False

def is_defined(lines, name):
    found = [m.group(1) for m in (re.match(r"\s*#\s*(define|undef)\s+%s\b" % name, text) for text in lines) if m]
    return found[-1:] == ["define"]

def is_still_held(p, q):
    """The lock of the one place is held at the other: no call gave it back, and both can be come by in one go."""
    file, first, last = p[0].file, int(p[0].line), int(q[0].line)
    return not is_unlocked_by_call(file, first, last) and not excludes(file, first, last)
