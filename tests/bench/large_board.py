"""large_board.py BUILD [POSTINGS [BOARDS [DELAY_MS]]]: memory of a farm whose
sources are faster than its store.

Serves BOARDS (1) Lever boards of POSTINGS (200,000) in all, made as they are
asked for, 100 a page; texts of 4 to 6 KB, no two jobs alike. A node of one process
collects them while each batch takes DELAY_MS (50) longer to commit than it
does, then hands out its result. Printed is the peak of its resident memory,
after the collection and after the result. Ends with an error if a posting is
missing.

Example: python3 tests/bench/large_board.py build/release 20000
"""
import http.server
import json
import pathlib
import random
import re
import socketserver
import string
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

import boards_workload

MOST_MB = 120


def word(dice):
    return "".join(dice.choices(string.ascii_lowercase, k=8)).title()


def page_of(board, postings, skip, limit):
    """Postings `skip` to `skip + limit` of a board, the same each time."""
    first = board * postings + skip
    dice = random.Random(first)
    jobs = [boards_workload.job(dice)
            for _ in range(skip, min(skip + limit, postings))]
    for one in jobs:
        one["title"] = " ".join(word(dice) for _ in range(4))
    return boards_workload.lever(board, board, jobs, first)


class board_server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """Boards of one size on a free port of loopback, while the `with` lasts."""

    daemon_threads = True

    def __init__(self, postings):
        self.postings = postings
        super().__init__(("127.0.0.1", 0), answer)
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        asked = urllib.parse.parse_qs(url.query)
        body, status = b"", 404
        if "skip" in asked:
            status = 200
            body = json.dumps(page_of(
                int(url.path.rsplit("/", 1)[1]), self.server.postings,
                int(asked["skip"][0]), int(asked["limit"][0]))).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def peak_mb(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


class node:
    """A farm of one process with a slow store, while the `with` lasts."""

    def __init__(self, program, directory, url, delay_ms):
        self.program, self.directory = program, directory
        self.process = subprocess.Popen(
            [program, "node", "--http-port", "0", "--data-dir", directory,
             "--allow-faults", "--allow-host", "127.0.0.1", "--boards-url",
             url], stdout=subprocess.PIPE, text=True)
        self.url = re.search(r"http://\S+", self.process.stdout.readline())[0]
        if delay_ms:
            self.ask("fault", "inject", "store.commit", "--effect", "delay",
                     "--delay-ms", delay_ms)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)

    def asking(self, *words):
        return list(map(str, [self.program, *words, "--server", self.url,
                              "--data-dir", self.directory, "--quiet"]))

    def ask(self, *words):
        return subprocess.run(self.asking(*words), stdout=subprocess.PIPE,
                              check=True, text=True).stdout.strip()

    def wait(self, query):
        """Until it has ended; a busy machine may keep the node from answering
        in time."""
        while subprocess.run(self.asking("watch", query),
                             check=False).returncode == 5:
            pass

    def results(self, query):
        """How many postings it hands out."""
        with subprocess.Popen(self.asking("results", query),
                              stdout=subprocess.PIPE) as reader:
            return sum(1 for _ in reader.stdout)


def run(program, postings=200_000, boards=1, delay_ms=50):
    with tempfile.TemporaryDirectory(prefix="jobfarm-bench-") as name, \
            board_server(postings // boards) as server:
        directory = pathlib.Path(name)
        listed = directory / "boards.csv"
        listed.write_text("ats,token,company\n" + "".join(
            f"lever,{i},Board {i}\n" for i in range(boards)))
        begin = time.monotonic()
        with node(program, directory / "farm", server.url, delay_ms) as farm:
            query = farm.ask("submit", "--sources", "lever", "--enrich",
                             "none", "--boards", listed)
            farm.wait(query)
            found = {"wall_s": time.monotonic() - begin,
                     "collected_mb": peak_mb(farm.process)}
            found["postings"] = farm.results(query)
            found["handed_out_mb"] = peak_mb(farm.process)
        server.shutdown()
    if found["postings"] < postings // boards * boards:
        raise SystemExit(f"{found['postings']} of {postings} postings")
    return found


def table(result):
    return (f"large board: {result['postings']} postings in "
            f"{result['wall_s']:.0f} s, at most {result['collected_mb']:.0f} MB"
            f", {result['handed_out_mb']:.0f} MB with its result handed out "
            f"(target {MOST_MB})")


if __name__ == "__main__":
    print(table(run(pathlib.Path(sys.argv[1]).resolve() / "cli/jobfarm",
                    *map(int, sys.argv[2:]))))
