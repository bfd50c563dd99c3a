#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run.py KMALLOC SOURCE [--write-docs]: kmalloc lint: each rule finds its programs and spares their twins; options, bad input; TAP.

code/ID_bad.c marks the lines to be found with `expect: ID` (or, on the line before, `expect next: ID`); code/ID_good.c is correct code of the same kind.
"""
import ctypes
import json
import os
import re
import subprocess
import sys
import tempfile

KMALLOC, SOURCE = (os.path.abspath(path) for path in sys.argv[1:3])
CODE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "code")
ROOM = tempfile.TemporaryDirectory(prefix="lint-")
CASES = []

LEAK = """static int one(struct port *port)
{
	char *data;

	data = kmalloc(64, GFP_KERNEL);
	if (!data)
		return -ENOMEM;
	if (port->is_dead)
		return -EIO;
	port->data = data;
	return 0;
}
"""
OVERFLOW = "int two(int n)\n{\n\treturn take(kmalloc(n * sizeof(int), GFP_KERNEL));\n}\n"


def case(function):
    CASES.append(function)
    return function


def be_common():
    """Root reads everything; without CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH in what it may hand on it does not."""
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


def lint(*words, status, env=None, cwd=ROOM.name, preexec_fn=None):
    answer = subprocess.run([KMALLOC, "lint", *words], capture_output=True, text=True, cwd=cwd, stdin=subprocess.DEVNULL,
                            env=env, preexec_fn=preexec_fn, timeout=300)
    assert answer.returncode == status, f"lint {' '.join(words)}: exit {answer.returncode}, not {status}\n" \
        f"{answer.stdout[-2000:]}\n{answer.stderr[-2000:]}"
    return answer


def must_refuse(words, text, **more):
    answer = lint(*words, status=2, **more)
    lines = answer.stderr.splitlines()
    assert len(lines) == 1 and text in lines[0] and not answer.stdout, f"lint {words}: {answer.stderr!r}, not {text!r}"


def write(name, text):
    path = os.path.join(ROOM.name, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    return path


def objects(answer):
    return [json.loads(line) for line in answer.stdout.splitlines()]


def marked():
    """(file, line, rule) of each mark in code/."""
    for name in sorted(os.listdir(CODE)):
        with open(os.path.join(CODE, name), encoding="utf-8") as source:
            for number, line in enumerate(source, 1):
                for follows, rule in re.findall(r"/\* expect( next)?: (\S+) \*/", line):
                    yield name, number + bool(follows), rule


def listed():
    return dict(re.findall(r"^(\S+) \((?:error|advice), (\w+)\)$", lint("--list", status=0).stdout, re.M))


@case
def each_rule_finds_its_lines_and_no_other():
    answer = lint("--json", CODE, status=1)
    assert not answer.stderr, answer.stderr
    found = {(os.path.basename(one["file"]), one["line"], one["rule"]) for one in objects(answer)}
    expected = set(marked())
    assert found == expected, f"missed: {sorted(expected - found)}\nnot expected: {sorted(found - expected)}"


@case
def each_rule_has_a_bad_file_and_a_good_one():
    rules = set(listed())
    assert rules == {rule for _, _, rule in marked()}, f"{rules} in the list"
    for rule in rules:
        for kind in ("bad", "good"):
            assert os.path.exists(os.path.join(CODE, f"{rule.replace('.', '-')}_{kind}.c")), f"{rule} has no {kind} file"


@case
def a_finding_tells_where_and_why():
    write("one/leak.c", LEAK)
    answer = lint("--only", "leak", "one", status=1)
    assert answer.stdout == (
        "one/leak.c:5: error: leak: 'data' of kmalloc() is not freed when the function fails at line 9 (medium confidence)\n"
        "    data = kmalloc(64, GFP_KERNEL);\n"
        "  in one(); lost at line 9\n"
        "  help: free the memory on this way out (goto out_free), or allocate it later\n"
        "\n"
        "1 finding, 0 advice; 1 file, 1 of them with something to look at\n"), answer.stdout
    one = objects(lint("--only", "leak", "--json", "one", status=1))[0]
    assert {key: one[key] for key in ("rule", "severity", "confidence", "file", "line", "column", "function", "source")} == {
        "rule": "leak", "severity": "error", "confidence": "medium", "file": "one/leak.c", "line": 5, "column": 9,
        "function": "one", "source": "data = kmalloc(64, GFP_KERNEL);"}, one
    assert one["sites"] == [{"role": "lost", "file": "one/leak.c", "line": 9}], one


@case
def advice_alone_is_no_failure():
    write("advice.c", OVERFLOW)
    assert "0 findings, 1 advice" in lint("advice.c", status=0).stdout


@case
def only_and_confidence_choose():
    write("both.c", LEAK + OVERFLOW)
    assert [one["rule"] for one in objects(lint("--json", "both.c", status=1))] == ["leak", "size-overflow.array"]
    assert not objects(lint("--json", "--min-confidence", "high", "both.c", status=0))
    assert [one["rule"] for one in objects(lint("--json", "--only", "size-overflow", "both.c", status=0))] == \
        ["size-overflow.array"]


@case
def a_baseline_knows_what_was_there_though_lines_move():
    write("tree/a.c", LEAK)
    assert not lint("--only", "leak", "--write-baseline", "known", "tree", status=0).stderr
    assert "1 known to the baseline" in lint("--only", "leak", "--baseline", "known", "tree", status=0).stdout
    write("tree/a.c", "\n\n/* moved */\n" + LEAK.replace("data = kmalloc(64,", "data  =  kmalloc(64,"))
    lint("--only", "leak", "--baseline", "known", "tree", status=0)
    # From another directory the file has another name, and is the same.
    lint("--only", "leak", "--baseline", "../known", "a.c", status=0, cwd=os.path.join(ROOM.name, "tree"))
    # The same line once more in the same function is new: a baseline counts.
    write("tree/a.c", LEAK + LEAK.replace("one(", "other("))
    new = objects(lint("--only", "leak", "--json", "--baseline", "known", "tree", status=1))
    assert [one["function"] for one in new] == ["other"], new


@case
def the_same_bytes_whatever_the_number_of_jobs():
    first = lint("--json", "--jobs", "1", CODE, status=1).stdout
    assert first == lint("--json", "--jobs", "3", CODE, status=1).stdout


@case
def sarif_says_the_same():
    write("one/leak.c", LEAK)
    answer = lint("--only", "leak", "--sarif", "out.sarif", "one", status=1)
    assert "1 finding, 0 advice" in answer.stdout, answer.stdout
    with open(os.path.join(ROOM.name, "out.sarif"), encoding="utf-8") as out:
        run = json.load(out)["runs"][0]
    result, = run["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (result["ruleId"], result["level"]) == ("leak", "error"), result
    assert place["artifactLocation"]["uri"].endswith("one/leak.c") and place["region"]["startLine"] == 5, place
    assert "confidence" in json.dumps(result["properties"]) and "codeFlows" in result, result
    assert {"leak", "leak.krealloc"} <= {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert run["invocations"][0]["exitCode"] == 1, run["invocations"]
    lint("--only", "leak", "--sarif", "out.sarif", "--write-baseline", "known", "one", status=0)
    with open(os.path.join(ROOM.name, "out.sarif"), encoding="utf-8") as out:
        assert json.load(out)["runs"][0]["invocations"][0]["exitCode"] == 0


@case
def what_spatch_cannot_read_is_counted():
    write("torn.c", "int a(void)\n{\n\tFOO(if) {{ x ] ;\n\tkfree(p);\n}\n" + LEAK)
    answer = lint("--only", "leak", "torn.c", status=1)
    assert "1 file with a part that spatch does not understand (--verbose names them)" in answer.stdout, answer.stdout
    answer = lint("--only", "leak", "--json", "--verbose", "torn.c", status=1)
    assert "    torn.c\n" in answer.stderr and len(objects(answer)) == 1, answer.stderr


@case
def files_without_memory_are_not_given_to_spatch():
    write("plain/a.c", "int f(void) { return 1; }\n")
    write("plain/note.txt", LEAK)
    write("plain/.hidden/b.c", LEAK)
    assert "1 file, 0 of them with something to look at" in lint("plain", status=0).stdout


def as_documented(text):
    """docs/lint.md with what the commands and the script of the verdicts print now between its marks."""
    def block(match):
        kind, words = match.group(1), match.group(2).split()
        command = [KMALLOC, *words] if kind == "run" else [sys.executable, *words]
        out = subprocess.run(command, capture_output=True, text=True, cwd=SOURCE, stdin=subprocess.DEVNULL).stdout
        shown = f"    $ kmalloc {' '.join(words)}\n" + "".join("    " + line + "\n" if line else "\n" for line in out.splitlines())
        return f"<!-- {kind}: {match.group(2)} -->\n{shown if kind == 'run' else out}<!-- end -->"
    return re.sub(r"<!-- (run|tables): (.*?) -->\n.*?<!-- end -->", block, text, flags=re.S)


@case
def the_documentation_shows_what_is_printed():
    path = os.path.join(SOURCE, "docs", "lint.md")
    with open(path, encoding="utf-8") as source:
        text = source.read()
    if "--write-docs" in sys.argv:
        with open(path, "w", encoding="utf-8") as out:
            out.write(as_documented(text))
    else:
        assert as_documented(text) == text, "docs/lint.md is behind: run this script with --write-docs"


def table(name):
    with open(os.path.join(SOURCE, "bench", "lint", name), encoding="utf-8") as source:
        return [line.rstrip("\n").split("\t") for line in source if not line.startswith("#")]


def sample(*words):
    command = [sys.executable, "bench/lint/sample.py", "bench/lint/findings.tsv", *words]
    chosen = subprocess.run(command, capture_output=True, text=True, cwd=SOURCE).stdout.splitlines()
    return [line.split("\t")[:3] for line in chosen]


@case
def the_verdicts_are_of_the_samples_and_of_all_rarer_findings():
    verdicts = [table(name) for name in ("verdicts.tsv", "verdicts_rare.tsv", "verdicts_fresh.tsv")]
    assert [row[:3] for row in verdicts[0]] == sample() and len(verdicts[0]) == 50
    assert [row[:3] for row in verdicts[2]] == sample("--now", "--seed", "2") and len(verdicts[2]) == 50
    # Of these there are too many to read: the samples stand for them.
    common = ("dma-unreachable.gfp-dma", "null-unchecked.dma-map", "size-overflow.array")
    rarer = {(rule, confidence, place) for rule, _, confidence, place, _ in table("findings.tsv") if rule not in common}
    assert rarer == {tuple(row[:3]) for row in verdicts[1]}
    gone, known = {(row[0], row[3]) for row in table("findings.tsv") if row[4] != "found"}, {}
    for rule, _, place, verdict, why in verdicts[0] + verdicts[1] + verdicts[2]:
        assert verdict in ("true", "harmless", "false") and why, f"{rule} {place}: {verdict}"
        assert known.setdefault((rule, place), (verdict, why)) == (verdict, why), f"two verdicts on {rule} {place}"
        assert verdict != "true" or (rule, place) not in gone, f"a stricter rule leaves out what is true: {rule} {place}"


@case
def bad_input_gets_one_line():
    write("one.c", LEAK)
    write("not-a-baseline", "hello\n")
    write("damaged", "# kmalloc lint baseline 1\nxyz\n")
    write("empty/readme", "")
    for words, text in (
            ((), "lint needs a directory or a file"),
            (("nowhere.c",), "cannot read 'nowhere.c': No such file or directory"),
            (("one.c/below",), "cannot read 'one.c/below': Not a directory"),
            (("empty",), "there is no .c file to lint"),
            (("--only", "nothing", "one.c"), "lint has no rule 'nothing'"),
            (("--only", ",", "one.c"), "--only names no rule"),
            (("--min-confidence", "sure", "one.c"), "'sure' is none of high, medium, low"),
            (("--only", "size-overflow", "--min-confidence", "high", "one.c"), "no rule is left"),
            (("--jobs", "0", "one.c"), "'0' is not a number from 1 to"),
            (("--timeout", "x", "one.c"), "'x' is not a number"),
            (("--baseline", "nowhere", "one.c"), "cannot read 'nowhere': No such file or directory"),
            (("--baseline", "not-a-baseline", "one.c"), "was not written by kmalloc lint"),
            (("--baseline", "damaged", "one.c"), "damaged at line 2"),
            (("--write-baseline", "no/where", "one.c"), "'no/where': No such file or directory"),
            (("--sarif", "no/where", "one.c"), "'no/where': No such file or directory"),
            (("--list", "one.c"), "--list goes without files"),
            (("--frobnicate", "one.c"), "lint has no such option")):
        must_refuse(words, text)


@case
def an_unreadable_directory_is_named():
    write("closed/a.c", LEAK)
    closed = os.path.join(ROOM.name, "closed")
    os.chmod(closed, 0)
    try:
        must_refuse(("closed",), "cannot read the directory 'closed': Permission denied", preexec_fn=be_common)
    finally:
        os.chmod(closed, 0o755)


@case
def no_spatch_is_said():
    write("one.c", LEAK)
    must_refuse(("one.c",), "spatch is not installed; install the package coccinelle", env={**os.environ, "PATH": ROOM.name})


def main():
    if "--write-docs" in sys.argv:
        return the_documentation_shows_what_is_printed()
    print(f"1..{len(CASES)}")
    failed = 0
    for number, function in enumerate(CASES, 1):
        name = function.__name__.replace("_", " ")
        try:
            function()
            print(f"ok {number} - {name}", flush=True)
        except AssertionError as error:
            failed += 1
            print(f"not ok {number} - {name}")
            print("\n".join("# " + line for line in str(error).splitlines()), flush=True)
    ROOM.cleanup()
    return failed != 0


sys.exit(main())
