#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run.py KMALLOC EXAMPLES: the command line: bad input, exit codes, output formats, determinism; TAP.

Every case starts the real command.  No case may take longer than its time limit, whatever the input.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "linux"))
from run import take_tree  # noqa: E402  (tests/linux/run.py)
from command import EXAMPLES, HEAD, KMALLOC, TAIL, WORK, case, compile_once, findings, main, module, must, must_refuse, run, write  # noqa: E402


@case
def a_missing_file_is_named():
    must_refuse(run("check", "nope.c"), "cannot read 'nope.c': No such file or directory")


@case
def a_directory_is_refused():
    must_refuse(run("check", "."), "is a directory")


@case
def a_device_is_refused():
    must_refuse(run("check", "/dev/zero"), "not a regular file")


@case
def an_empty_file_has_no_module_init():
    must_refuse(run("check", write("empty.c", "")), "empty.c has no module_init()")


@case
def code_without_module_init_is_refused():
    must_refuse(run("check", write("noinit.c", HEAD + "int f(void) { return 0; }\n")), "has no module_init()")


@case
def what_is_not_c_gets_the_compilers_message():
    answer = run("check", write("prose.c", "this is not C\n"))
    must_refuse(answer, "prose.c:1:")
    must("error:" in answer.stderr, answer, "no compiler message")


@case
def binary_garbage_is_refused():
    must_refuse(run("check", write("garbage.c", bytes((i * 7919 + 13) % 256 for i in range(4000)))), "garbage.c:")


@case
def a_line_of_a_megabyte_is_no_problem():
    must_refuse(run("check", write("line.c", "/* " + "x" * 1000000 + " */ int x;\n")), "has no module_init()")


@case
def an_endless_include_is_refused():
    must_refuse(run("check", write("self.c", '#include "self.c"\n')), "nested")


@case
def a_missing_function_is_named():
    name = module("missing.c", "\treturn no_such_function(1);", before="int no_such_function(int);\n")
    must_refuse(run("check", name), "no_such_function() is declared, but this library does not have it")


@case
def an_undeclared_function_does_not_compile():
    must_refuse(run("check", module("undeclared.c", "\treturn no_such_function(1);")), "no_such_function")


@case
def unusable_arguments_are_refused():
    for words, text in ((["--seed", "x", "a.c"], "--seed takes a number"), (["--cpus", "0", "a.c"], "--cpus takes"),
                        (["--cpus", "65", "a.c"], "--cpus takes"), (["--mem", "1", "a.c"], "--mem takes"),
                        (["--time-limit", "0", "a.c"], "--time-limit takes"), (["--stack", "12k", "a.c"], "--stack takes 16k, 8k or 4k"), (["--bogus"], "bogus"), ([], "needs a C file"),
                        (["--param", "x", "a.c"], "--param takes"), (["--fail", "12", "a.c"], "--fail takes")):
        must_refuse(run("check", *words), text)
    must_refuse(run("nonsense"), "no verb 'nonsense'")
    must_refuse(run("check", "--cc", "no-such-compiler", module("any.c", "\treturn 0;")), "no-such-compiler")


@case
def a_module_that_does_nothing_is_clean():
    answer = run("check", module("nothing.c", "\treturn 0;"))
    must(answer.returncode == 0 and "nothing.c: clean" in answer.stdout, answer, "expected clean")
    answer = run("check", "--json", "nothing.c")
    must(answer.returncode == 0 and answer.stdout == "", answer, "clean is no line of JSON")


@case
def init_that_fails_is_told_with_its_errno():
    answer = run("check", module("fails.c", "\treturn -ENODEV;"))
    must_refuse(answer, "module_init() returned -19 (ENODEV)")


@case
def init_that_fails_and_leaks_is_a_finding():
    answer = run("check", "--json", module("failleak.c", "\tkept = kmalloc(40, GFP_KERNEL);\n\treturn -ENODEV;",
                                           before="static void *kept;\n"))
    must(answer.returncode == 1, answer, "expected exit 1")
    must([f["rule"] for f in findings(answer)] == ["leak"], answer, "expected one leak")


@case
def init_that_never_returns_is_a_hang():
    for name, body in (("loop.c", "\tfor (;;)\n\t\tn++;\n\treturn 0;"), ("tight.c", "\tfor (;;)\n\t\t;\n\treturn 0;")):
        answer = run("check", "--json", "--time-limit", "3", module(name, body, before="static volatile int n;\n"))
        must(answer.returncode == 1 and {f["rule"] for f in findings(answer)} == {"hang"}, answer, "expected a hang")


@case
def init_that_sleeps_for_ever_is_a_hang():
    name = module("sleeper.c", "\tinit_completion(&never);\n\twait_for_completion(&never);\n\treturn 0;",
                  before="#include <linux/completion.h>\nstatic struct completion never;\n")
    answer = run("check", "--json", "--time-limit", "3", name)
    must(answer.returncode == 1 and {f["rule"] for f in findings(answer)} == {"hang"}, answer, "expected a hang")


def kernel_tree():
    """A kernel tree with KUnit: $KTREE, or the package's, which the Linux tests unpack into the build directory; None."""
    return take_tree(os.path.dirname(KMALLOC))


def suite(name, body, before=""):
    return write(name, f"#include <kunit/test.h>\n#include <linux/slab.h>\n{before}static void one(struct kunit *test)\n"
                       f"{{\n{body}\n}}\nstatic struct kunit_case cases[] = {{ KUNIT_CASE(one), {{}} }};\n"
                       "static struct kunit_suite own = { .name = \"own\", .test_cases = cases };\nkunit_test_suite(own);\n")


@case
def kernel_trees_that_are_none_are_refused():
    must_refuse(run("check", "--ktree", "nope", module("tree.c", "\treturn 0;")), "--ktree: 'nope' is no kernel tree")
    os.makedirs(os.path.join(WORK.name, "empty-tree/include/linux"), exist_ok=True)
    must_refuse(run("check", "--ktree", "empty-tree", "tree.c"), "is no kernel tree")


@case
def the_core_of_a_tree_is_refused_without_a_tree_or_without_kunit_in_it():
    name = suite("lonely.c", "\tKUNIT_EXPECT_EQ(test, 1, 1);")
    must_refuse(run("check", "--kunit-core", "mine", name), "--kunit-core takes own or tree, not 'mine'")
    if os.path.exists("/usr/src/linux-source-6.12"):
        return "a tree lies at the default place"
    must_refuse(run("check", "--kunit-core", "tree", name, env={"KTREE": ""}), "--kunit-core tree: there is no kernel tree")
    for path in ("include/linux", "lib"):
        os.makedirs(os.path.join(WORK.name, "old-tree", path), exist_ok=True)
    write("old-tree/include/linux/kernel.h", "")
    write("old-tree/include/linux/list.h", "")
    must_refuse(run("check", "--kunit-core", "tree", "--ktree", "old-tree", name), "has no KUnit")
    return None


@case
def boot_options_reach_the_machine_and_unknown_ones_are_named():
    name = module("zeroed.c", "\tunsigned char *p = kmalloc(64, GFP_KERNEL);\n\tint sum = 0;\n\n\tif (!p)\n\t\treturn -ENOMEM;\n"
                  "\tmemset(p, 7, 64);\n\tkfree(p);\n\tp = kmalloc(64, GFP_KERNEL);\n\tif (!p)\n\t\treturn -ENOMEM;\n"
                  "\tfor (int i = 0; i < 64; i++)\n\t\tsum |= p[i];\n\tkfree(p);\n\treturn sum ? -EUCLEAN : 0;")
    answer = run("check", "--no-sweep", "--boot", "init_on_alloc=1", name)
    must(answer.returncode == 0, answer, "expected memory that is zero")
    must_refuse(run("check", "--no-sweep", "--boot", "init_on_alloc=1 nonsense=3", name), 'boot option "nonsense=3"')


@case
def what_init_should_return_can_be_said():
    name = module("minus22.c", "\treturn -EINVAL;")
    for said in ("-22", "22", "EINVAL", "-EINVAL"):
        answer = run("check", "--no-sweep", f"--init-returns={said}", name)
        must(answer.returncode == (1 if said == "22" else 0), answer, "--init-returns " + said)
    answer = run("check", "--no-sweep", "--init-returns", "0", name)
    must(answer.returncode == 1 and "returned -22 (EINVAL), not 0" in answer.stderr, answer, "expected a mismatch")
    must_refuse(run("check", "--init-returns", "ENONSENSE", name), "--init-returns takes")
    answer = run("check", "--no-sweep", module("again.c", "\treturn -EAGAIN;"))
    must(answer.returncode == 0 and "EAGAIN" in answer.stderr, answer, "-EAGAIN is no failure, but is told")


@case
def kunit_suites_are_run_and_their_failures_are_findings():
    good = suite("good.c", "\tvoid *p = kunit_kzalloc(test, 10, GFP_KERNEL);\n\n\tKUNIT_EXPECT_NOT_NULL(test, p);")
    answer = run("check", good)
    must(answer.returncode == 0 and "    ok 1 one" in answer.stdout and "KUnit 1 passed, 0 failed" in answer.stdout, answer,
         "expected KTAP and a clean suite, with the sweep too")
    answer = run("check", "--json", "--no-sweep", good)
    must(answer.returncode == 0 and answer.stdout == "", answer, "clean is no line of JSON")
    bad = suite("bad.c", "\tKUNIT_EXPECT_EQ(test, 1 + 1, 3);")
    answer = run("check", "--json", "--no-sweep", bad)
    must(answer.returncode == 1 and [(f["rule"], f["file"], f["line"], f["function"]) for f in findings(answer)] ==
         [("kunit", "bad.c", 5, "one")], answer, "expected one finding at bad.c:5")
    answer = run("check", "--no-sweep", bad)
    must(answer.returncode == 1 and "not ok 1 one" in answer.stdout and "error: kunit: " in answer.stdout, answer,
         "expected KTAP and the finding")
    both = run("check", "--no-sweep", good, bad)
    must(both.returncode == 1 and "1..2" in both.stdout, both, "expected two suites")
    answer = run("check", "--no-sweep", "--param", "kunit.filter_glob=none*", bad)
    must(answer.returncode == 0 and "1..0" in answer.stdout, answer, "the filter leaves nothing to fail")
    answer = run("check", "--no-sweep", "--kunit", "own.o?e", bad)
    must(answer.returncode == 1 and "not ok 1 one" in answer.stdout and "--param kunit.filter_glob='own.o?e'" in
         answer.stdout.replace("'kunit.filter_glob=own.o?e'", "kunit.filter_glob='own.o?e'"), answer, "expected one case, and the filter in the replay")
    must(run("check", "--no-sweep", "--kunit", "own.two", bad).returncode == 0, answer, "there is no such case")
    plain = module("plain.c", "\treturn 0;")
    must_refuse(run("check", "--kunit", "own", plain), "unknown parameter 'kunit.filter_glob'")
    for word in ("filter=speed>fast", "filter=colour=red", "filter_action=keep", "action=run", "filter_globe=x"):
        must_refuse(run("check", "--no-sweep", "--param", "kunit." + word, bad), "kunit." + word.split("=", maxsplit=1)[0])
    write("shown.c", "#include <kunit/visibility.h>\n#include <linux/module.h>\nstatic int begin(void)\n{\n\treturn 0;\n}\n"
                     "module_init(begin);\nMODULE_LICENSE(\"GPL\");\n")
    answer = run("check", "--no-sweep", "shown.c")
    must(answer.returncode == 0 and "KUnit" not in answer.stdout, answer, "a header of KUnit is no suite")


@case
def a_crash_or_a_leak_inside_a_case_is_a_finding():
    answer = run("check", "--json", "--no-sweep",
                 suite("dies.c", "\t*(volatile int *)0xdead0000 = 1;"))
    must(answer.returncode == 1 and findings(answer)[0]["rule"] == "crash" and findings(answer)[0]["line"] == 5, answer,
         "expected a crash at dies.c:5")
    answer = run("check", "--json", "--no-sweep",
                 suite("keeps.c", "\tkept = kmalloc(30, GFP_KERNEL);", "static void *volatile kept;\n"))
    must(answer.returncode == 1 and [f["rule"] for f in findings(answer)] == ["leak"], answer, "expected a leak")
    return None


@case
def our_headers_come_before_the_trees_and_the_systems_are_not_read():
    tree = kernel_tree()
    if not tree:
        return "no kernel tree"
    name = module("reads.c", "\treturn 0;", before="#include <linux/klist.h>\n#include <linux/uaccess.h>\n#include <linux/list.h>\n")
    answer = run("check", "--no-sweep", "--ktree", tree, name, "--", "-H")
    must(answer.returncode == 0, answer, "expected clean")
    read = re.findall(r"^\.+ (\S+)", answer.stderr, re.M)
    must(any(path.endswith("/linux/klist.h") and path.startswith(tree) for path in read), answer, "klist.h is the tree's")
    must(not any(path.startswith("/usr/include") for path in read), answer, "a header of the system was read")
    ours = os.path.join(os.path.dirname(EXAMPLES), "include/kernel/linux")
    wrong = [path for path in read if path.startswith(tree) and "/include/linux/" in path
             and os.path.exists(os.path.join(ours, os.path.basename(path))) and path.count("/linux/") == 1
             # These two go with the tree's radix-tree.h, and its code is linked.
             and os.path.basename(path) not in ("xarray.h", "idr.h")]
    must(not wrong, answer, f"the tree's came before ours: {wrong}")
    return None


@case
def a_null_call_is_a_crash_with_its_place():
    answer = run("check", "--json", module("nullcall.c", "\treturn call();", before="static int (*volatile call)(void);\n"))
    must(answer.returncode == 1, answer, "expected exit 1")
    one = findings(answer)[0]
    must(one["rule"] == "crash" and one["function"] == "begin", answer, "expected a crash in begin()")


@case
def a_wild_write_is_a_crash():
    answer = run("check", "--json", module("wild.c", "\t*(volatile int *)0xdead0000 = 1;\n\treturn 0;"))
    must(answer.returncode == 1 and findings(answer)[0]["rule"] == "crash", answer, "expected a crash")


@case
def a_stack_without_end_is_a_finding():
    answer = run("check", "--json", "--time-limit", "5",
                 module("deep.c", "\treturn down(1);", before="static int down(int n)\n{\n\tvolatile char room[4096];\n\n"
                        "\troom[n % 4096] = 1;\n\treturn down(n + 1) + room[0];\n}\n"))
    must(answer.returncode == 1 and findings(answer), answer, "expected a finding")


@case
def bug_is_a_finding():
    answer = run("check", "--json", module("bug.c", "\tBUG();\n\treturn 0;", before="#include <linux/bug.h>\n"))
    must(answer.returncode == 1 and findings(answer)[0]["rule"] == "bug", answer, "expected bug")


@case
def ten_thousand_findings_are_one_report_each_place():
    name = module("many.c", "\tint i;\n\n\tfor (i = 0; i < 10000; i++)\n\t\tkmalloc(8 + i % 7, GFP_KERNEL);\n\treturn 0;")
    answer = run("check", "--no-sweep", name, limit=120)
    must(answer.returncode == 1 and answer.stdout.count("error: leak") == 1, answer, "expected one leak")
    body = "\n".join(f"\tkeep = kmalloc({8 + i % 50}, GFP_KERNEL);" for i in range(300)) + "\n\treturn 0;"
    answer = run("check", "--no-sweep", module("places.c", body, before="static void *volatile keep;\n"), limit=120)
    must(answer.returncode == 1 and "more findings not shown" in answer.stdout, answer, "expected a capped list")
    must(len(answer.stdout) < 400000, answer, "too much text")


@case
def several_files_are_one_module():
    write("part_a.c", HEAD + "int part_b(void);\nstatic int begin(void)\n{\n\treturn part_b();\n}\nstatic void end(void)\n{\n}\n" + TAIL)
    write("part_b.c", HEAD + "int part_b(void);\nint part_b(void)\n{\n\treturn kmalloc(9, GFP_KERNEL) ? 0 : -ENOMEM;\n}\n")
    answer = run("check", "--json", "part_a.c", "part_b.c")
    one = findings(answer)
    must(answer.returncode == 1 and [(f["rule"], f["file"], f["line"]) for f in one] == [("leak", "part_b.c", 6)], answer,
         "expected a leak in part_b.c:6")


@case
def names_of_the_c_library_are_free_for_modules():
    name = module("names.c", "\treturn read(3) + write(4) + malloc(5) + abort(1) - 13;",
                  before="".join(f"int {n}(int x);\nint {n}(int x)\n{{\n\treturn x;\n}}\n" for n in ("read", "write", "malloc", "abort")))
    answer = run("check", name, "--", "-fno-builtin", "-w")
    must(answer.returncode == 0, answer, "expected clean")


@case
def cflags_and_parameters_reach_the_module():
    name = module("flags.c", "\treturn LIMIT == 5 && size == 77 ? 0 : -EINVAL;",
                  before="static int size = 1;\nmodule_param(size, int, 0);\n")
    must(run("check", "--param", "size=77", name, "--", "-DLIMIT=5").returncode == 0, run("check", name, "--", "-DLIMIT=5"),
         "parameter or flag did not arrive")
    must_refuse(run("check", "--param", "size=78", name, "--", "-DLIMIT=5"), "EINVAL")


@case
def both_compilers_give_the_same_findings():
    answers = []
    for compiler in ("gcc", "clang"):
        if subprocess.run(["sh", "-c", "command -v " + compiler], capture_output=True).returncode:
            return "no " + compiler
        answer = run("check", "--json", "--cc", compiler, os.path.join(EXAMPLES, "ring_bad.c"))
        answers.append({(f["rule"], f["file"], f["line"], f["function"]) for f in findings(answer)})
    must(answers[0] == answers[1] and len(answers[0]) == 4, answer, f"gcc {answers[0]}, clang {answers[1]}")
    return None


@case
def clang_is_the_default_and_a_wish_wins():
    if not shutil.which("clang") or not shutil.which("gcc"):
        return "needs clang and gcc"
    name = module("which.c", "#ifdef __clang__\n\tpr_info(\"by clang\\n\");\n#else\n\tpr_info(\"by gcc\\n\");\n#endif\n"
                  "\treturn 0;")
    for words, cc, expected in (([], "", "clang"), ([], " ", "clang"), ([], "gcc", "gcc"), (["--cc", "gcc"], "clang", "gcc"),
                                (["--cc", "clang"], "gcc", "clang")):
        answer = run("check", "--verbose", *words, name, env={"CC": cc})
        must(answer.returncode == 0 and f"by {expected}" in answer.stderr, answer, f"{words} CC='{cc}': expected {expected}")
    return None


@case
def without_clang_the_check_goes_on_with_cc():
    tools = os.path.join(WORK.name, "tools")
    os.mkdir(tools)
    for tool in ("gcc", "as", "ld", "objcopy"):
        if not shutil.which(tool):
            return "no " + tool
        os.symlink(shutil.which(tool), os.path.join(tools, "cc" if tool == "gcc" else tool))
    answer = run("check", module("without.c", "\treturn 0;"), env={"CC": "", "PATH": tools})
    must(answer.returncode == 0 and "'cc', which is not clang; not seen: " in answer.stderr, answer, "expected cc, and what it misses")
    return None


@case
def gcc_says_what_it_cannot_see():
    if not shutil.which("gcc"):
        return "no gcc"
    for words in ([], ["--json"]):
        answer = run("check", "--cc", "gcc", *words, module("unseen.c", "\treturn 0;"))
        must(answer.returncode == 0 and answer.stderr.count("\n") == 1 and "uninitialized-read" in answer.stderr, answer,
             "expected one line")
    return None


@case
def a_second_program_that_stops_early_is_told():
    if not shutil.which("clang"):
        return "no clang"
    for statement in ("*(volatile int *)8 = 1;", "for (;;)\n\t\tbarrier();"):
        answer = run("check", "--no-sweep", module("second.c", f"#if __has_feature(memory_sanitizer)\n\t{statement}\n#endif\n\treturn 0;"))
        must(answer.returncode == 0 and "1 of 1 runs of the second program crashed or hung, in phase 'init': uninit" in answer.stderr, answer,
             "expected a line on standard error")
    return None


@case
def json_has_every_key_on_one_line():
    answer = run("check", "--json", os.path.join(EXAMPLES, "ring_bad.c"))
    must(answer.returncode == 1, answer, "expected exit 1")
    rules = set()
    for one in findings(answer):
        rules.add(one["rule"])
        for key in ("rule", "severity", "file", "line", "function", "message", "context", "locks", "stack", "seed", "injected",
                    "sites"):
            must(key in one, answer, "no key " + key)
        must(one["file"].endswith("ring_bad.c") and one["line"] > 0 and one["severity"] == "error" and one["stack"], answer,
             "a finding without a place")
    must(len(rules) == 4, answer, "expected four rules")


@case
def the_finding_can_be_replayed():
    answer = run("check", "--json", os.path.join(EXAMPLES, "ring_bad.c"))
    one = next(f for f in findings(answer) if f["rule"] == "null-unchecked")
    again = run("check", "--json", *one["replay"].split()[2:])
    must("null-unchecked" in {f["rule"] for f in findings(again)}, again, "the replay does not show it: " + one["replay"])


@case
def each_example_is_checked_in_under_five_seconds():
    for name, status in (("ring_bad.c", 1), ("ring_good.c", 0)):
        start = time.monotonic()
        answer = run("check", os.path.join(EXAMPLES, name))
        took = time.monotonic() - start
        must(answer.returncode == status, answer, f"expected exit {status}")
        must(took < 5, answer, f"{name} took {took:.1f} s")


@case
def nothing_is_left_in_the_temporary_directory():
    with tempfile.TemporaryDirectory() as room:
        run("check", module("tidy.c", "\treturn 0;"), env={"TMPDIR": room})
        run("check", write("untidy.c", "nonsense\n"), env={"TMPDIR": room})
        left = os.listdir(room)
        slow = subprocess.Popen([KMALLOC, "check", "--time-limit", "30", module("slow.c", "\tfor (;;)\n\t\t;\n\treturn 0;")],
                                cwd=WORK.name, env={**os.environ, "TMPDIR": room}, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)
        try:
            slow.wait(2)
        except subprocess.TimeoutExpired:
            slow.terminate()
            slow.wait(10)
        left += os.listdir(room)
    assert not left, f"left behind: {left}"


@case
def verbose_shows_the_kernel_log_on_standard_error():
    name = module("log.c", '\tpr_info("hello from the module\\n");\n\treturn 0;')
    answer = run("check", "--verbose", "--json", name)
    must("hello from the module" in answer.stderr and answer.stdout == "", answer, "expected the log on standard error")


@case
def help_and_lists_are_on_standard_output():
    for words in (["help"], ["check", "--help"], ["gfp", "--help"], ["--version"]):
        answer = run(*words)
        must(answer.returncode == 0 and answer.stdout and not answer.stderr, answer, "expected help")
    rules = {line.split()[0] for line in run("check", "--list-rules").stdout.splitlines()}
    assert {"sleep-in-atomic", "flag-misuse", "null-unchecked", "leak", "double-free", "invalid-free", "atomic-waste",
            "use-after-free", "out-of-bounds"} <= rules, rules


@case
def every_rule_is_explained_with_a_wrong_and_a_right_example():
    for line in run("list-rules").stdout.splitlines():
        rule = line.split()[0]
        answer = run("explain", rule)
        must(answer.returncode == 0 and answer.stdout.startswith(rule), answer, "expected an explanation")
        must("Wrong:" in answer.stdout and "Right:" in answer.stdout, answer, f"{rule} has no examples")
    must_refuse(run("explain", "nonsense"), "no rule 'nonsense'")
    must_refuse(run("explain"), "takes one rule")


@case
def gfp_decodes_names_and_numbers():
    for words, texts in (
            (["GFP_KERNEL"], ["0xcc0 in Linux 6.12 is GFP_KERNEL", "may sleep  yes", "reserves   none"]),
            (["0xcc0"], ["0xcc0 in Linux 6.12 is GFP_KERNEL", "5.10    GFP_KERNEL"]),
            (["3264"], ["0xcc0 in Linux 6.12 is GFP_KERNEL"]), (["06300"], ["0xcc0 in Linux 6.12 is GFP_KERNEL"]),
            (["GFP_KERNEL|__GFP_ZERO"], ["0xdc0 in Linux 6.12 is GFP_KERNEL|__GFP_ZERO"]),
            (["GFP_ATOMIC"], ["0x820 in Linux 6.12", "may sleep  no", "3/8 of the min watermark"]),
            (["--kernel", "2.4.0", "0x7"], ["GFP_KERNEL (= GFP_NFS)", "may sleep  yes", "I/O        yes"]),
            (["0x7", "--kernel=2.2.26"], ["__GFP_WAIT|__GFP_LOW|__GFP_MED"]),
            (["--kernel", "2.0.36", "0"], ["GFP_BUFFER", "gives up at once"]),
            (["--kernel", "2.0", "0x83"], ["GFP_KERNEL|GFP_DMA"]),
            (["--kernel", "3.0", "0"], ["GFP_NOWAIT", "kswapd     woken"]),
            (["--kernel", "2.4.5", "7"], ["not established", "Linux 2.4.0 is GFP_KERNEL", "Linux 2.4.20 is"]),
            (["--kernel", "2.4.12", "0x1f0"], ["Linux 2.4.20 is GFP_KERNEL"]),
            (["--kernel", "6.6", "0xcc0"], ["between the known 6.1 and 6.12, which agree"]),
            (["--kernel", "6.8", "0x200"], ["which differ"]),
            (["--kernel", "4.4.302-cip80", "0x24000c0"], ["GFP_KERNEL"]), (["--kernel", "4.20", "0x6000c0"], ["GFP_KERNEL"]),
            (["--kernel", "99.1", "GFP_NOIO"], ["later than the newest version known", "0xc00"]),
            (["GFP_TEMPORARY"], ["not a flag of Linux 6.12", "0x24000d0"]), (["7"], ["an illegal zone mix"])):
        answer = run("gfp", *words)
        for text in texts:
            must(answer.returncode == 0 and text in answer.stdout, answer, f"gfp {words}: no '{text}'")


@case
def gfp_refuses_what_it_does_not_know():
    for words, text in ((["GFP_NONSENSE"], "not a flag of any known version"), ([], "needs flags"), (["|"], "needs flags"),
                        (["0x1ffffffff"], "32 bits"), (["--kernel"], "needs a version"), (["--kernel", "x", "7"], "not a kernel"),
                        (["--kernel", "2.4.0", "__GFP_ZERO"], "established for Linux"), (["--bogus", "7"], "no option")):
        must_refuse(run("gfp", *words), text)


@case
def fifty_seeds_each_give_the_same_bytes_twice():
    source = os.path.join(EXAMPLES, "ring_bad.c")
    shared = compile_once() if shutil.which("clang") else None

    def twice(job):
        seed, more = job
        # What is compiled does not know the seed: with the sweep each check compiles for itself, else all share it.
        compiler = {"CC": shared} if shared and "--no-sweep" in more else {}
        first, second = (run("check", *more, "--seed", str(seed), source, env=compiler) for _ in range(2))
        must(first.stdout == second.stdout and first.returncode == second.returncode and first.stdout, second,
             f"seed {seed}, {more}: the output differs")
        return first.stdout

    jobs = [(seed, more) for seed in range(50) for more in (["--no-sweep"], ["--no-sweep", "--json"])]
    jobs += [(seed, ["--json"]) for seed in range(5)]
    with ThreadPoolExecutor(2) as pool:
        outputs = list(pool.map(twice, jobs))
    assert len(set(outputs)) > 50, "the seed changes nothing"


@case
def the_sweep_gives_the_same_bytes_however_many_runs_go_at_once():
    source = os.path.join(EXAMPLES, "ring_bad.c")
    for words in ([], ["--json"]):
        answers = {run("check", *words, "--jobs", jobs, source).stdout for jobs in ("1", "2", "4", "3")}
        assert len(answers) == 1, "the output depends on --jobs"


if __name__ == "__main__":
    sys.exit(main())
