"""suite.py BUILD COMMIT: every benchmark; see README.md."""
import datetime
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import boards_workload
import end_to_end
import normalize_bench
import start_up
import workbook_bench

HERE = pathlib.Path(__file__).resolve().parent
RESULTS = HERE / "results"
STAMP = ["--fetched-at", "2026-10-01T00:00:00Z"]


def write_inputs(directory):
    """What the stages read: a page of each source of the workload, 25 postings
    but for the one of JSON-LD, and raw postings of many kinds."""
    dice = random.Random(7)
    for source, (shape, _) in boards_workload.SHAPES.items():
        jobs = boards_workload.jobs_of_board(dice)
        (directory / f"{source}.json").write_text(
            json.dumps(shape("bench", "Bench", jobs, 1000)))
    (directory / "jsonld.html").write_text(
        boards_workload.page(1, boards_workload.job(dice)))
    with open(directory / "raw.jsonl", "w") as out:
        subprocess.run(["/usr/bin/python3", HERE / "raw_postings.py", "100"],
                       stdout=out, check=True)


def stages(build, inputs):
    """Nanoseconds of CPU a posting, by stage."""
    output = subprocess.run(
        [build / "tests/bench/bench_stages", "--benchmark_format=json",
         "--benchmark_min_time=0.2"],
        env={**os.environ, "JOBFARM_BENCH_INPUT": str(inputs)},
        stdout=subprocess.PIPE, check=True, text=True).stdout
    return {one["name"]: 1e9 / one["items_per_second"]
            for one in json.loads(output)["benchmarks"]}


def stage_instructions(build, inputs):
    """Instructions a posting, by stage, of one pass under callgrind."""
    dumps = inputs / "stages.callgrind"
    output = subprocess.run(
        ["valgrind", "--tool=callgrind", "--collect-atstart=no",
         f"--callgrind-out-file={dumps}",
         build / "tests/bench/bench_stages"],
        env={**os.environ, "JOBFARM_BENCH_INPUT": str(inputs)},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True,
        text=True).stdout
    items = dict(line.split() for line in output.splitlines())
    found = {}
    for dump in inputs.glob(f"{dumps.name}.*"):
        text = dump.read_text()
        name = re.search(r"^desc: Trigger: Client Request: (.*)$", text, re.M)
        total = re.search(r"^(?:summary|totals): (\d+)", text, re.M)
        found[name.group(1)] = int(total.group(1)) / int(items[name.group(1)])
    return {name: found[name] for name in items}


def instructions(command, text, directory):
    """Instructions that the command executes, by callgrind."""
    out = directory / "callgrind.out"
    subprocess.run(
        ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}",
         *map(str, command)], input=text, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, check=True)
    for line in out.read_text().splitlines():
        if line.startswith(("summary:", "totals:")):
            return int(line.split()[1])
    raise SystemExit("callgrind gave no total")


def filter_instructions(build, payload, directory):
    """Instructions a posting of each filter: the whole board's less those of
    its first half, so that neither start-up nor tables made at first use
    count."""
    program = build / "cli/jobfarm"
    whole = payload.read_text()
    board = json.loads(whole)
    count = len(board["jobs"])
    half = count // 2
    few = json.dumps({"jobs": board["jobs"][:half], "meta": {"total": half}})
    found = {}
    texts = (few.encode(), whole.encode())
    for name, words in (("parse", ["parse", "--source", "greenhouse", *STAMP]),
                        ("normalize", ["normalize"]), ("dedupe", ["dedupe"])):
        command = [program, *words]
        part, all_of_it = (instructions(command, t, directory) for t in texts)
        found[name] = (all_of_it - part) / (count - half)
        texts = [subprocess.run(command, input=t, stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, check=True).stdout
                 for t in texts]
    return found


def compare(now, before):
    """Lines of `name now ratio` for every figure that both runs have."""
    def flat(value, prefix=""):
        for name, one in value.items():
            if isinstance(one, dict):
                yield from flat(one, f"{prefix}{name}.")
            elif isinstance(one, (int, float)):
                yield prefix + name, one
    old = dict(flat(before)) if before else {}
    for name, one in flat(now):
        was = old.get(name)
        ratio = f"{one / was:8.2f} x" if was else "       new"
        yield f"{name:45} {one:14.2f} {ratio}"


def last_result():
    kept = sorted(RESULTS.glob("*.json"))
    return json.loads(kept[-1].read_text()) if kept else None


def keep(result, commit):
    """Writes the result beside the earlier ones."""
    RESULTS.mkdir(exist_ok=True)
    stamp = datetime.datetime.now(datetime.timezone.utc)
    path = RESULTS / f"{stamp:%Y-%m-%dT%H%M}-{commit}.json"
    path.write_text(json.dumps({"date": f"{stamp:%Y-%m-%dT%H:%MZ}",
                                "commit": commit, **result}, indent=1) + "\n")
    return path


def main(build, commit):
    program = build / "cli/jobfarm"
    result = {"load_before": os.getloadavg()[0], "cores": os.cpu_count()}
    with tempfile.TemporaryDirectory(prefix="jobfarm-bench-") as name:
        directory = pathlib.Path(name)
        write_inputs(directory)
        result["stage_ns_per_posting"] = stages(build, directory)
        result["stage_instructions_per_posting"] = stage_instructions(
            build, directory)
        result["filter_instructions_per_posting"] = filter_instructions(
            build, directory / "greenhouse.json", directory)
    result["start_up"] = start_up.run(program)
    result["boards"] = end_to_end.run(program, build / "tests/bench/fetch_bench")
    result["workbook"] = workbook_bench.run(program)
    # Last: what it holds would count as the memory of children.
    result["normalize"] = normalize_bench.run(program)
    print("\n".join(compare(result, last_result())))
    print(normalize_bench.table(result["normalize"]))
    print(start_up.table(result["start_up"]))
    print(end_to_end.table(result["boards"]))
    print(workbook_bench.table(result["workbook"]))
    print(keep(result, commit))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2])
