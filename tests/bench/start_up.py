"""start_up.py BUILD: how soon the program is there, and what it costs to wait.

- `version_ms`: median time of `jobfarm --version`, from its start to its end;
- `first_request_ms`: median time from the start of `jobfarm collect` until a
  server on loopback has its first request in hand;
- `waiting` and `idle`: of a collection whose only server is silent, and of a
  node without work: resident MB (shared pages included), CPU ms a second and
  voluntary context switches a second, over `WATCHED` seconds of all threads.
"""
import os
import pathlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time

STARTS = 15
SETTLED, WATCHED = 2, 5
TARGETS = {"version_ms": 10, "first_request_ms": 60, "rss_mb": 40}


def quietly(command, **options):
    return subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, **options)


def version_ms(program):
    def once():
        begin = time.monotonic()
        assert quietly([program, "--version"]).wait() == 0
        return (time.monotonic() - begin) * 1e3
    return statistics.median(once() for _ in range(STARTS))


class silent_server:
    """Takes requests on a free port of loopback and answers none."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(20)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.held = []

    def first_request(self):
        """Waits until a request has come."""
        one, _ = self.listener.accept()
        one.recv(1)
        self.held.append(one)

    def close(self):
        for one in (*self.held, self.listener):
            one.close()


def collect(program, url, directory):
    boards = directory / "boards.csv"
    boards.write_text("ats,token,company\ngreenhouse,acme,Acme\n")
    return quietly([program, "collect", "--boards-url", url, "--boards",
                    boards, "--sources", "greenhouse", "--data-dir",
                    directory / "farm", "--out", directory / "out.jsonl",
                    "--quiet"])


def first_request_ms(program):
    def once():
        with tempfile.TemporaryDirectory(prefix="jobfarm-bench-") as name:
            server = silent_server()
            begin = time.monotonic()
            process = collect(program, server.url, pathlib.Path(name))
            try:
                server.first_request()
                return (time.monotonic() - begin) * 1e3
            finally:
                process.kill()
                process.wait()
                server.close()
    return statistics.median(once() for _ in range(STARTS))


def switches_and_cpu(pid):
    """Voluntary context switches and CPU seconds of a process so far."""
    switches = ticks = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        for line in (task / "status").read_text().splitlines():
            if line.startswith("voluntary_ctxt_switches"):
                switches += int(line.split()[1])
        fields = (task / "stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return switches, ticks / os.sysconf("SC_CLK_TCK")


def watched(process):
    time.sleep(SETTLED)
    before = switches_and_cpu(process.pid)
    time.sleep(WATCHED)
    after = switches_and_cpu(process.pid)
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    rss_kb = int(status.partition("VmRSS:")[2].split()[0])
    return {"rss_mb": rss_kb / 1024,
            "threads": int(status.partition("Threads:")[2].split()[0]),
            "cpu_ms_a_second": (after[1] - before[1]) / WATCHED * 1e3,
            "switches_a_second": (after[0] - before[0]) / WATCHED}


def waiting(program):
    with tempfile.TemporaryDirectory(prefix="jobfarm-bench-") as name:
        server = silent_server()
        process = collect(program, server.url, pathlib.Path(name))
        try:
            server.first_request()
            return watched(process)
        finally:
            process.kill()
            process.wait()
            server.close()


def idle(program):
    with tempfile.TemporaryDirectory(prefix="jobfarm-bench-") as name:
        process = quietly([program, "node", "--http-port", "0", "--data-dir",
                           name])
        try:
            return watched(process)
        finally:
            process.terminate()
            process.wait(20)


def run(program):
    return {"version_ms": version_ms(program),
            "first_request_ms": first_request_ms(program),
            "waiting": waiting(program), "idle": idle(program)}


def table(result):
    lines = [f"start-up: --version {result['version_ms']:.1f} ms (target "
             f"{TARGETS['version_ms']}), collect to its first request "
             f"{result['first_request_ms']:.1f} ms (target "
             f"{TARGETS['first_request_ms']})"]
    for name in ("waiting", "idle"):
        one = result[name]
        lines.append(
            f"{name}: {one['rss_mb']:.1f} MB (target {TARGETS['rss_mb']}), "
            f"{one['threads']} threads, {one['cpu_ms_a_second']:.1f} ms of "
            f"CPU and {one['switches_a_second']:.1f} switches a second")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(run(pathlib.Path(sys.argv[1]).resolve() / "cli/jobfarm")))
