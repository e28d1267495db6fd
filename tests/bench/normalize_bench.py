"""normalize_bench.py BUILD: `jobfarm normalize` on one core, JSON in and out.

Two inputs: the postings of the boards workload (6 KB a line) and generated ones
in twelve languages, most with pay (7 KB). Of each: postings and megabytes a
second, by user time, the best of `RUNS`. Of the second the share of each step,
in instructions under callgrind: those of `MORE` postings less those of `FEW`.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import boards_workload

HERE = pathlib.Path(__file__).resolve().parent
COUNT, RUNS = 20_000, 3
FEW, MORE = 400, 800
TARGET = 20_000
# Functions of the normaliser, in the order in which they run.
STEPS = ["from_json", "read_fields", "read_description", "read_places_and_mode",
         "find_phrases", "read_mode_and_scope", "read_whole_title",
         "read_facts", "read_pay", "conclude", "append_json"]


def generated():
    return subprocess.run(["/usr/bin/python3", HERE / "raw_postings.py",
                           str(COUNT)], stdout=subprocess.PIPE,
                          check=True).stdout


def boards(program, directory):
    """The workload's postings, as `parse` gives them."""
    boards_workload.write(directory / "www", "http://127.0.0.1:1")
    parsed = []
    for page in sorted((directory / "www").rglob("*")):
        source = next((one for one in (*boards_workload.SHAPES, "jsonld")
                       if one in page.parts), None)
        if source and page.is_file():
            parsed.append(subprocess.run(
                [program, "parse", "--source", source, "--board", "bench",
                 "--url", f"http://127.0.0.1:1/{page.name}"],
                input=page.read_bytes(), stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, check=True).stdout)
    return b"".join(parsed)


def user_seconds(program, lines):
    """Of one run."""
    with tempfile.TemporaryFile() as given:
        given.write(lines)
        given.seek(0)
        child = subprocess.Popen([program, "normalize"], stdin=given,
                                 stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit(f"normalize ended with {child.returncode}")
    return usage.ru_utime


def pace(program, lines):
    seconds = min(user_seconds(program, lines) for _ in range(RUNS))
    return {"postings_per_s": lines.count(b"\n") / seconds,
            "mb_per_s": len(lines) / seconds / 1e6}


def bare_name(function):
    """`read_pay` of `???:jobfarm::(anonymous namespace)::read_pay(draft&)`."""
    name = function.replace("(anonymous namespace)::", "").split("(")[0]
    return name.split(" ")[-1].split("<")[0].split(":")[-1]


def step_instructions(program, lines, directory):
    """Instructions below each function, by its bare name; the largest of those
    of one name."""
    out = directory / "steps.callgrind"
    subprocess.run(["valgrind", "--tool=callgrind",
                    f"--callgrind-out-file={out}", program, "normalize"],
                   input=lines, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, check=True)
    report = subprocess.run(["callgrind_annotate", "--inclusive=yes",
                             "--threshold=100", out], stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, text=True,
                            check=True).stdout
    found = {}
    for line in report.splitlines():
        cost = re.match(r"\s*([\d,]+) \([^)]*\)\s+(.*) \[", line)
        if cost:
            found.setdefault(bare_name(cost[2]), int(cost[1].replace(",", "")))
    return found


def shares(program, lines, directory):
    def first(count):
        return b"".join(lines.splitlines(keepends=True)[:count])
    few, more = (step_instructions(program, first(n), directory)
                 for n in (FEW, MORE))
    whole = more["main"] - few["main"]
    return {step: (more[step] - few.get(step, 0)) / whole
            for step in STEPS if step in more}


def run(program):
    with tempfile.TemporaryDirectory(prefix="jobfarm-bench-") as name:
        directory = pathlib.Path(name)
        (directory / "www").mkdir()
        many = generated()
        return {"boards": pace(program, boards(program, directory)),
                "generated": pace(program, many),
                "share_of_step": shares(program, many, directory)}


def table(result):
    lines = [f"normalize, {name}: {one['postings_per_s']:.0f} postings a second "
             f"on one core, {one['mb_per_s']:.0f} MB/s (target {TARGET})"
             for name, one in result.items() if name != "share_of_step"]
    parts = ", ".join(f"{step} {share:.0%}"
                      for step, share in result["share_of_step"].items())
    return "\n".join([*lines, f"  shares: {parts}"])


if __name__ == "__main__":
    print(table(run(pathlib.Path(sys.argv[1]).resolve() / "cli/jobfarm")))
