#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""sarif.py KMALLOC EXAMPLES: --sarif FILE and --github; TAP.

Each file written is held against the published schema (data/sarif-2.1.0-rtm.5.json, with Debian's python3-jsonschema) and
against what a schema cannot say: indexes, ids, the lines of the source, names of files.
"""
import json
import os
import re
import shutil
import sys
import urllib.parse

from command import EXAMPLES, KMALLOC, HEAD, TAIL, WORK, case, findings, main, module, must, must_refuse, run, write  # noqa: F401

try:
    import jsonschema
except ImportError:
    jsonschema = None
SCHEMA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "sarif-2.1.0-rtm.5.json")
FAST = ("--no-sweep",)
LATE = "\tchar *p = kmalloc(8, GFP_KERNEL);\n\tif (!p)\n\t\treturn -ENOMEM;\n\tkfree(p);\n\tp[0] = 1;\n\treturn 0;"


def path_of(name):
    return os.path.join(WORK.name, name)


def load(name="out.sarif"):
    with open(path_of(name), encoding="utf-8", errors="strict") as f:
        log = json.load(f)
    check(log)
    return log["runs"][0]


def check(log):
    """What every file must hold."""
    if jsonschema:
        with open(SCHEMA, encoding="utf-8") as f:
            wrong = [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
                     for error in jsonschema.Draft4Validator(json.load(f)).iter_errors(log)]
        assert not wrong, "against the schema: " + "; ".join(wrong[:5])
    assert log["version"] == "2.1.0" and len(log["runs"]) == 1, log
    one = log["runs"][0]
    rules, base = one["tool"]["driver"]["rules"], one["originalUriBaseIds"]["%SRCROOT%"]["uri"]
    assert base.startswith("file:///") and base.endswith("/"), base
    assert len({rule["id"] for rule in rules}) == len(rules)
    prints = [result["partialFingerprints"]["kmallocPlace/v1"] for result in one["results"]]
    assert len(set(prints)) == len(prints), prints
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"], result
        flows = [step["location"] for flow in result.get("codeFlows", []) for step in flow["threadFlows"][0]["locations"]]
        related = result.get("relatedLocations", [])
        assert len({location["id"] for location in related}) == len(related)
        if flows:
            assert physical(flows[-1])[:2] == physical(result["locations"][0])[:2], "a flow ends at its result"
            assert len(flows) == len(related) + 1
        for location in result["locations"] + flows + related:
            check_place(location.get("physicalLocation"), base)


def check_place(place, base):
    """The place named is there: the snippet is the line."""
    if not place or "region" not in place:
        return
    file, region = file_of(place, base), place["region"]
    with open(file, encoding="utf-8", errors="replace") as f:
        line = f.read().split("\n")[region["startLine"] - 1]
    plain = re.sub(r"[^\x00-\x7f]+", "?", line)
    assert re.sub(r"[^\x00-\x7f?]+|\?+", "?", region["snippet"]["text"]) == re.sub(r"\?+", "?", plain), (region, line)
    assert 1 <= region.get("startColumn", 1) <= len(region["snippet"]["text"]) + 1, region


def file_of(place, base):
    uri = place["artifactLocation"]["uri"]
    whole = base + uri if place["artifactLocation"].get("uriBaseId") == "%SRCROOT%" else uri
    assert re.fullmatch(r"file:///[A-Za-z0-9\-._~/!$&'()*+,;=@%]*", whole), whole
    return urllib.parse.unquote(whole[len("file://"):])


def physical(location):
    place = location["physicalLocation"]
    region = place.get("region", {})
    return place["artifactLocation"]["uri"], region.get("startLine", 0), region.get("startColumn", 0)


def flow(result):
    return [(step.get("kinds"), step["location"]["message"]["text"], physical(step["location"])[1])
            for step in result["codeFlows"][0]["threadFlows"][0]["locations"]]


def notices(one):
    return [notice["message"]["text"] for notice in one["invocations"][0]["toolExecutionNotifications"]]


@case
def the_schema_judges_and_can_say_no():
    if not jsonschema:
        return "python3-jsonschema is not installed; the other checks run"
    with open(SCHEMA, encoding="utf-8") as f:
        judge = jsonschema.Draft4Validator(json.load(f))
    good = {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": []}]}
    assert judge.is_valid(good)
    assert not judge.is_valid({**good, "version": "2.2"})
    good["runs"][0]["results"] = [{"message": {"text": "x"}, "level": "advice"}]
    assert not judge.is_valid(good)
    return None


@case
def all_ways_to_tell_say_the_same():
    source = shutil.copy(os.path.join(EXAMPLES, "ring_bad.c"), WORK.name)
    words = ("check", "--schedules", "1", "--sarif", "out.sarif", os.path.basename(source))
    told, plain = run(*words), run(*words[:3], words[5])
    must(told.returncode == 1 and told.stdout == plain.stdout and told.stderr == plain.stderr, told, "--sarif changes the report")
    first = open(path_of("out.sarif"), "rb").read()
    one, as_json = load(), findings(run("check", "--json", *words[1:]))
    assert [(r["ruleId"], r["level"], *physical(r["locations"][0])[:2], r["properties"]["seed"], r["properties"]["replay"],
             r["properties"]["runs"]) for r in one["results"]] == \
        [(f["rule"], f["severity"], f["file"], f["line"], f["seed"], f["replay"], f["runs"]) for f in as_json]
    assert len(one["results"]) == 4
    for result, finding in zip(one["results"], as_json):
        assert [f.get("function") for f in finding["stack"] if "file" in f] == \
            [f["location"]["logicalLocations"][0]["name"] for f in result["stacks"][0]["frames"] if "physicalLocation" in f["location"]]
        assert len(finding["sites"]) + len(finding["locks"]) == len(result.get("relatedLocations", []))
        assert result["message"]["text"].replace("\n", "; ") == finding["message"] + "; Instead: " + finding["help"]
    call = one["invocations"][0]
    assert (call["exitCode"], call["executionSuccessful"], notices(one)) == (1, True, [])
    assert call["arguments"][-1] == "ring_bad.c" and one["artifacts"][0]["location"]["uri"] == "ring_bad.c"
    again = run(*words)
    must(open(path_of("out.sarif"), "rb").read() == first, again, "the same check wrote other bytes")


@case
def a_flow_tells_lock_allocation_and_injected_failure():
    one = load()                                       # of the case before
    by_rule = {result["ruleId"]: result for result in one["results"]}
    source = open(path_of("ring_bad.c"), encoding="utf-8").read().split("\n")

    def line_with(text):
        return 1 + next(i for i, line in enumerate(source) if text in line)
    lock = line_with("spin_lock_irqsave(&ring.lock, flags);")
    assert flow(by_rule["sleep-in-atomic"])[0][:2] == (["acquire", "lock"], "lock &ring.lock taken"), flow(by_rule["sleep-in-atomic"])
    assert flow(by_rule["sleep-in-atomic"])[0][2] >= lock
    kinds, text, line = flow(by_rule["out-of-bounds"])[0]
    assert kinds == ["acquire", "memory"] and text.startswith("allocated by ") and "kmalloc(" in source[line - 1]
    kinds, text, line = flow(by_rule["null-unchecked"])[0]
    assert text.startswith("injected failure: kzalloc of ") and "kzalloc(" in source[line - 1], text
    assert kinds == ["memory", "danger"]


@case
def a_flow_tells_who_freed():
    run("check", *FAST, "--sarif", "out.sarif", module("late.c", LATE))
    result = load()["results"][0]
    assert result["ruleId"] == "use-after-free"
    assert [(kinds, text, line) for kinds, text, line in flow(result)] == [
        (["acquire", "memory"], "allocated by insmod", 5), (["release", "memory"], "freed by insmod", 8),
        (None, "use-after-free", 9)], flow(result)
    assert result["locations"][0]["logicalLocations"] == [{"name": "begin", "kind": "function"}]


@case
def what_a_compiler_told_is_marked():
    name = module("asleep.c", "\treturn 0;", before="#include <linux/spinlock.h>\nstatic DEFINE_SPINLOCK(lock);\n"
                  "void nobody_calls(void);\nvoid nobody_calls(void)\n{\n\tspin_lock(&lock);\n\tkfree(kmalloc(8, GFP_KERNEL));\n"
                  "\tspin_unlock(&lock);\n}\n")
    run("check", *FAST, "--sarif", "out.sarif", name)
    told = findings(run("check", *FAST, "--json", name))
    assert [(r["ruleId"], physical(r["locations"][0])[1], r["properties"]) for r in load()["results"]] == \
        [(f["rule"], f["line"], {"static": True, "tool": f["tool"]}) for f in told] and len(told) == 1, told


@case
def every_rule_is_described():
    run("check", *FAST, "--sarif", "out.sarif", module("none.c", "\treturn 0;"))
    rules = load()["tool"]["driver"]["rules"]
    listed = [line.split(None, 2) for line in run("list-rules").stdout.splitlines()]
    assert [(rule["id"], rule["defaultConfiguration"]["level"], rule["shortDescription"]["text"]) for rule in rules] == \
        [(name, "error" if level == "error" else "warning", line + ".") for name, level, line in listed]
    for rule in rules:
        shown = run("explain", rule["id"]).stdout
        wrong = shown.split("Wrong:\n\n", 1)[1].split("\nRight:", 1)[0]
        assert "```c\n" + wrong in rule["help"]["markdown"] and "kernel" in rule["properties"]["tags"], rule["id"]
        assert " ".join(shown.split("\n\n")[1].split()) == " ".join(rule["fullDescription"]["text"].split()), rule["id"]


@case
def a_clean_check_is_a_file_without_results():
    answer = run("check", *FAST, "--sarif", "out.sarif", "none.c")
    one = load()
    must(answer.returncode == 0 and one["results"] == [], answer, "not clean")
    assert (one["invocations"][0]["exitCode"], one["invocations"][0]["executionSuccessful"]) == (0, True)


@case
def what_ends_with_status_2_says_why():
    broken = write("broken.c", "int x = ;\n")
    refused = module("refused.c", "\treturn -EINVAL;")
    for words, why in ((("nope.c",), None), ((broken,), "the files do not compile"), (("--bogus", "none.c"), None),
                       (("--seed", "x", "none.c"), None), ((refused,), None), ((), None)):
        os.path.exists(path_of("out.sarif")) and os.unlink(path_of("out.sarif"))
        answer = run("check", *words, *FAST, "--sarif", "out.sarif")
        one, lines = load(), answer.stderr.splitlines()
        must(answer.returncode == 2, answer, f"{words}: expected 2")
        call = one["invocations"][0]
        assert (call["exitCode"], call["executionSuccessful"], one["results"]) == (2, False, []), call
        must(notices(one)[0].startswith(why) if why else "kmalloc: " + notices(one)[0] in lines, answer, f"{words}: {notices(one)}")


@case
def what_was_not_seen_is_told():
    if not shutil.which("gcc"):
        return "gcc is not installed"
    answer = run("check", *FAST, "--cc", "gcc", "--sarif", "out.sarif", "none.c")
    told = [line[len("kmalloc: "):] for line in answer.stderr.splitlines()]
    must(answer.returncode == 0 and len(told) == 1 and "not seen: " in told[0] and notices(load()) == told, answer, "not told")
    return None


@case
def another_answer_of_init_is_told():
    answer = run("check", *FAST, "--init-returns", "EBUSY", "--sarif", "out.sarif", "--github", "none.c")
    must(answer.returncode == 1 and notices(load()) == ["module_init() returned 0, not -16 (EBUSY)"], answer, "not told")
    must("::error title=kmalloc check::module_init() returned 0, not -16 (EBUSY)\n" in answer.stdout, answer, "not for GitHub")


def prints(name):
    run("check", *FAST, "--sarif", "out.sarif", name)
    return [r["partialFingerprints"]["kmallocPlace/v1"] for r in load()["results"]]


@case
def a_fingerprint_stays_when_lines_move():
    twice = LATE.replace("\tkfree(p);\n\tp[0] = 1;", "\tp[8] = 1;\n\tbarrier();\n\tp[8] = 1;\n\tkfree(p);")
    before = prints(module("moved.c", twice))
    assert [p[-2:] for p in before] == [":1", ":2"] and before[0][:16] == before[1][:16], before
    assert prints(module("moved.c", twice.replace("\tp[8]", "\n\n\tp[8]", 1).replace("p[8] = 1", "p[8]  =  1"),
                         before="/* a\n * comment\n */\n\n")) == before
    other = prints(module("moved.c", twice.replace("p[8] = 1", "p[9] = 1")))
    assert not set(other) & set(before) and len(other) == 2, other
    assert prints(module("other.c", twice))[0] not in before


@case
def odd_names_and_texts_survive():
    name = write("a b,c:d%25é'.c", (HEAD + "static int begin(void)\n{\n\tchar *p = kmalloc(8, GFP_KERNEL); /* @ */\n"
                                    "\tif (!p)\n\t\treturn -1;\n\tkfree(p);\n"
                                    "\t/* \"@\\ é𝄞 */ p[0] = 1;\n\treturn 0;\n}\nstatic void end(void) { }\n" + TAIL)
                 .encode().replace(b"@", b"\xff\xc3"))
    answer = run("check", *FAST, "--github", "--sarif", "out.sarif", name)
    one = load()
    must(answer.returncode == 1, answer, "the bug was not found")
    place = one["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b,c%3Ad%2525%C3%A9'.c", place
    assert place["region"]["snippet"]["text"] == "\t/* \"??\\ é𝄞 */ p[0] = 1;", place
    assert place["region"]["startColumn"] == len("\t/* \"??\\ é𝄞 */ p[0] ") + 1, place
    must("::error file=a b%2Cc%3Ad%2525é'.c,line=9,col=" in answer.stdout, answer, "GitHub's escapes")


@case
def names_are_relative_to_the_top_of_the_checkout():
    os.makedirs(path_of("sub/deep"), exist_ok=True)
    name = module("sub/late.c", LATE)
    run("check", *FAST, "--sarif", "out.sarif", "./sub/deep/.././late.c")
    assert physical(load()["results"][0]["locations"][0])[0] == name
    inside = {"GITHUB_WORKSPACE": os.path.dirname(os.path.realpath(WORK.name))}
    top = os.path.basename(os.path.realpath(WORK.name))
    answer = run("check", *FAST, "--sarif", "out.sarif", "--github", name, env=inside)
    assert physical(load()["results"][0]["locations"][0])[0] == f"{top}/{name}"
    must(f"::error file={top}/{name},line=9," in answer.stdout, answer, "GitHub's name of the file")
    elsewhere = {"GITHUB_WORKSPACE": "/nonexistent"}
    run("check", *FAST, "--sarif", "out.sarif", os.path.join("..", top, name), env=elsewhere)
    assert physical(load()["results"][0]["locations"][0])[0] == name
    run("check", *FAST, "--sarif", "out.sarif", os.path.join(EXAMPLES, "ring_bad.c"))
    assert physical(load()["results"][0]["locations"][0])[0] == "file://" + os.path.join(EXAMPLES, "ring_bad.c")


@case
def what_cannot_be_written_is_refused_at_once():
    before = sorted(os.listdir(WORK.name))
    for name, why in (("-", "--sarif takes the name of a file, not '-'"), ("", "not ''"), (".", "is a directory"),
                      ("none/x.sarif", "--sarif: cannot write 'none/x.sarif': No such file or directory"),
                      ("none.c/x", "Not a directory"), ("/proc/x.sarif", "cannot write '/proc/x.sarif'")):
        answer = run("check", "--sarif", name, "late.c")
        must_refuse(answer, why)
        must(answer.stderr.count("\n") == 1, answer, "more than one line")
    assert sorted(os.listdir(WORK.name)) == before
    must_refuse(run("check", "--sarif"), "requires an argument")


@case
def a_file_appears_whole_or_not_at_all():
    answer = run("check", *FAST, "--sarif", "/dev/full", "none.c")
    must(answer.returncode == 2 and "cannot write '/dev/full': No space left on device" in answer.stderr, answer, "a full disk")
    must(run("check", *FAST, "--sarif", "/dev/null", "none.c").returncode == 0, answer, "/dev/null")
    assert os.stat("/dev/null").st_rdev == os.makedev(1, 3), "/dev/null was replaced"
    write("target.sarif", "old")
    os.path.lexists(path_of("link.sarif")) or os.symlink("target.sarif", path_of("link.sarif"))
    run("check", *FAST, "--sarif", "link.sarif", "none.c")
    assert os.path.islink(path_of("link.sarif")) and load("target.sarif")["results"] == []
    assert not [name for name in os.listdir(WORK.name) if ".part" in name]


@case
def a_tree_of_modules_is_one_file():
    os.makedirs(path_of("tree"), exist_ok=True)
    write("tree/Kbuild", "obj-m := late.o none.o broken.o absent.o\n")
    module("tree/late.c", LATE)
    module("tree/none.c", "\treturn 0;")
    write("tree/broken.c", "int x = ;\n")
    answer = run("check", "-C", "tree", *FAST, "--sarif", "out.sarif", "--github")
    one = load()
    must(answer.returncode == 2, answer, "two modules cannot be checked")
    assert [(r["ruleId"], *physical(r["locations"][0])[:2]) for r in one["results"]] == [("use-after-free", "tree/late.c", 9)]
    assert one["results"][0]["properties"]["module"] == "late" and "-C tree" in one["results"][0]["properties"]["replay"]
    told = notices(one)
    must(len(told) == 2 and any("broken: the files do not compile" in text for text in told), answer, f"the notices are {told}")
    must(any("absent" in text for text in told), answer, f"the notices are {told}")
    must(answer.stdout.count("\n::error ") == 3, answer, "GitHub's lines")


@case
def lines_for_github_stand_beside_the_report():
    plain, told = run("check", *FAST, "late.c"), run("check", *FAST, "--github", "late.c")
    added = told.stdout[len(plain.stdout):]
    must(told.stdout.startswith(plain.stdout) and told.returncode == 1 and added.count("\n") == 1, told, "beside the report")
    must(re.fullmatch(r"::error file=late\.c,line=9,col=\d+,title=use-after-free::BUG: KASAN: .*%0AInstead: .*\n", added),
         told, "one line a finding")
    waste = module("waste.c", "\tvoid *p = kmalloc(8, GFP_ATOMIC);\n\tif (!p)\n\t\treturn -ENOMEM;\n\tkfree(p);\n\treturn 0;")
    told = run("check", *FAST, "--github", "--json", "--sarif", "out.sarif", waste)
    must(told.returncode == 0 and len(findings(told)) == 1, told, "standard output is JSON alone")
    must(re.search(r"^::warning file=waste\.c,line=5,col=\d+,title=atomic-waste::", told.stderr, re.M), told, "advice is a warning")
    assert load()["results"][0]["level"] == "warning"
    told = run("check", "--github", "nope.c")
    must(told.stdout == "::error title=kmalloc check::cannot read 'nope.c': No such file or directory\n", told, "status 2")


if __name__ == "__main__":
    sys.exit(main())
