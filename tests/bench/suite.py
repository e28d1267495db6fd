"""suite.py BUILD COMMIT: every benchmark; see README.md."""
import datetime
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

import boards_workload
import end_to_end

HERE = pathlib.Path(__file__).resolve().parent
RESULTS = HERE / "results"
STAMP = ["--fetched-at", "2026-10-01T00:00:00Z"]


def board_file(directory):
    """One Greenhouse board of the workload, 25 postings."""
    jobs = boards_workload.jobs_of_board(random.Random(7))
    path = directory / "board.json"
    path.write_text(json.dumps(
        boards_workload.greenhouse("bench", "Bench", jobs, 1000)))
    return path, len(jobs)


def stages(build, payload):
    """Nanoseconds of CPU a posting, by stage."""
    output = subprocess.run(
        [build / "tests/bench/bench_stages", "--benchmark_format=json",
         "--benchmark_min_time=0.2"],
        env={**os.environ, "JOBFARM_BENCH_PAYLOAD": str(payload)},
        stdout=subprocess.PIPE, check=True, text=True).stdout
    return {one["name"]: 1e9 / one["items_per_second"]
            for one in json.loads(output)["benchmarks"]}


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


def instructions_per_posting(build, payload, count, directory):
    """Of each filter: the whole board's less those of its first half, so that
    neither start-up nor tables made at first use count."""
    program = build / "cli/jobfarm"
    whole = payload.read_text()
    board = json.loads(whole)
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


def start_up_ms(build):
    def once():
        begin = time.monotonic()
        subprocess.run([build / "cli/jobfarm", "--version"], check=True,
                       stdout=subprocess.DEVNULL)
        return (time.monotonic() - begin) * 1e3
    return statistics.median(once() for _ in range(15))


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


def main(build, commit):
    with tempfile.TemporaryDirectory(prefix="jobfarm-bench-") as name:
        directory = pathlib.Path(name)
        payload, count = board_file(directory)
        result = {
            "load_before": os.getloadavg()[0], "cores": os.cpu_count(),
            "version_ms": start_up_ms(build),
            "stage_ns_per_posting": stages(build, payload),
            "instructions_per_posting": instructions_per_posting(
                build, payload, count, directory)}
    result["boards"] = end_to_end.run(build / "cli/jobfarm")
    before = last_result()
    RESULTS.mkdir(exist_ok=True)
    stamp = datetime.datetime.now(datetime.timezone.utc)
    path = RESULTS / f"{stamp:%Y-%m-%dT%H%M}-{commit}.json"
    path.write_text(json.dumps(result, indent=1) + "\n")
    print("\n".join(compare(result, before)))
    print(end_to_end.table(result["boards"]))
    print(path)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2])
