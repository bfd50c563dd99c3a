#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run.py KMALLOC DIRECTORY: the fault sweep as a whole: families, pairs, states; TAP."""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

KMALLOC, HERE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
CASES = []
# What may wait is not failed: the pool waits with it.
NEVER_FAILS = {"mempool_alloc that waits"}


def case(function):
    CASES.append(function)
    return function


def check(*args, limit=240):
    return subprocess.run([KMALLOC, "check", *args], capture_output=True, text=True, timeout=limit, stdin=subprocess.DEVNULL)


def path(name):
    return os.path.join(HERE, name)


def findings(answer):
    return [json.loads(line) for line in answer.stdout.splitlines()]


@case
def each_family_can_be_failed():
    with open(path("families.c"), encoding="utf-8") as f:
        wanted = set(re.findall(r'MUST\("([^"]+)"', f.read())) - NEVER_FAILS
    failed = {}
    for one in findings(check("--json", path("families.c"))):
        said = re.search(r"failed: ([^\n]*)", one["message"])
        assert one["rule"] in ("warn", "atomic-waste"), one
        if said:
            failed[said.group(1).strip()] = one["injected"]
    assert set(failed) == wanted, f"not failed: {sorted(wanted - set(failed))}, odd: {sorted(set(failed) - wanted)}"
    nameless = [name for name, injected in failed.items() if not injected or not injected["what"] or not injected["line"]]
    assert not nameless, f"the failed allocation is not named: {nameless}"


@case
def what_needs_two_failures_is_found_in_pairs():
    single = check("--json", path("pair.c"))
    assert single.returncode == 0 and not single.stdout, single.stdout
    pairs = check("--json", "--sweep=pairs", path("pair.c"))
    one = findings(pairs)
    assert pairs.returncode == 1 and len(one) == 1, pairs.stdout
    assert (one[0]["rule"], one[0]["line"]) == ("null-unchecked", 15), one
    assert {one[0]["injected"]["bytes"], one[0]["injected"]["then"][0]["bytes"]} == {100, 200}, one[0]["injected"]
    again = findings(check("--json", *one[0]["replay"].split()[2:]))
    assert [(f["rule"], f["line"]) for f in again] == [("null-unchecked", 15)], again
    text = check("--sweep=pairs", path("pair.c")).stdout
    assert text.count("injected failure:") == 2 and re.search(r"2 allocation sites failed once each, 1 pair\b", text), text


@case
def a_leak_tells_when_it_should_have_been_freed():
    said = {one["line"]: one["message"] for one in findings(check("--json", path("leaks.c"))) if one["rule"] == "leak"}
    assert sorted(said) == [10, 13, 16], said
    assert said[10].endswith("nothing refers to it any more, while the module lives"), said[10]
    assert said[13].endswith("left after module_exit()"), said[13]
    assert re.search(r"leaked on the error path after kmalloc\(\) at \S*leaks.c:21 failed \(module_init\(\) returned -16, so "
                     r"module_exit\(\) never runs\)$", said[16]), said[16]


@case
def none_is_no_sweep():
    answers = [check("--json", *option, path("many.c")).stdout for option in (["--sweep=none"], ["--no-sweep"])]
    assert answers[0] == answers[1] == "", answers
    assert "--sweep takes single, pairs, orders or none" in check("--sweep=all", path("many.c")).stderr


@case
def a_sweep_that_was_stopped_goes_on_where_it_stood():
    for options in (["--json"], ["--sweep=pairs"]):
        options = [*options, "--jobs", "2", "--schedules", "3"]
        whole = check(*options, path("many.c")).stdout
        with tempfile.TemporaryDirectory() as room:
            state = os.path.join(room, "state")
            stops = 0
            for wait in (0.7, 0.8, 1.0, 1.3, 1.7, None):
                run = subprocess.Popen([KMALLOC, "check", *options, "--sweep-state", state, path("many.c")],
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
                start = time.monotonic()
                while wait and run.poll() is None and time.monotonic() - start < wait:
                    time.sleep(0.02)
                if wait and run.poll() is None:
                    run.send_signal(signal.SIGINT)
                text = run.communicate(timeout=240)[0]
                if run.returncode != 130:
                    break
                stops += 1
            assert text == whole, f"after {stops} stops:\n{text}\ninstead of\n{whole}"
            # Done: the state alone gives the answer.
            assert check(*options, "--sweep-state", state, path("many.c")).stdout == whole


@case
def a_state_of_something_else_is_refused():
    with tempfile.TemporaryDirectory() as room:
        state = os.path.join(room, "state")
        assert check("--sweep-state", state, path("pair.c")).returncode == 0
        before = open(state, encoding="utf-8").read()
        for args in (["--seed", "2", path("pair.c")], [path("many.c")], ["--sweep=pairs", path("pair.c")]):
            answer = check("--sweep-state", state, *args)
            assert answer.returncode == 2 and "of another program or other options" in answer.stderr, answer
        assert open(state, encoding="utf-8").read() == before, "a refused state was written to"
        for text in ("{", "[]", "nonsense", before[:len(before) // 2], '{"kmalloc-sweep":1}'):
            with open(state, "w", encoding="utf-8") as f:
                f.write(text)
            answer = check("--sweep-state", state, path("pair.c"))
            assert answer.returncode == 2 and "state" in answer.stderr, answer
        answer = check("--sweep-state", os.path.join(room, "no", "where"), path("pair.c"))
        assert answer.returncode == 2 and "cannot write" in answer.stderr, answer
        assert check("--sweep-state", state, "--no-sweep", path("pair.c")).returncode == 2


def main():
    print(f"1..{len(CASES)}")
    failed = 0
    for number, function in enumerate(CASES, 1):
        try:
            function()
            print(f"ok {number} - {function.__name__}", flush=True)
        except (AssertionError, subprocess.TimeoutExpired, ValueError, IndexError, KeyError, TypeError) as error:
            failed += 1
            print(f"not ok {number} - {function.__name__}")
            print("\n".join("# " + line for line in str(error)[:3000].splitlines()), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
