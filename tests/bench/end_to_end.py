"""The boards workload end to end, beside its peers: prints and returns figures.

Everything listens on loopback, on a free port, below one temporary directory;
nginx is started by this program and ended by its process id.

Example: python3 tests/bench/end_to_end.py build/release
"""
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

import boards_workload

HERE = pathlib.Path(__file__).resolve().parent
CRAWLEE = "@crawlee/http@3.18.1"
NGINX = """
daemon off; worker_processes 1; pid {dir}/pid; error_log {dir}/error.log;
{user}
events {{ worker_connections 512; }}
http {{
  access_log off; keepalive_requests 1000000; sendfile on; tcp_nopush on;
  client_body_temp_path {dir}/t1; proxy_temp_path {dir}/t2;
  fastcgi_temp_path {dir}/t3; uwsgi_temp_path {dir}/t4; scgi_temp_path {dir}/t5;
  open_file_cache max=2000; default_type application/json;
  types {{ text/html html; }}
  server {{ listen 127.0.0.1:{port}; root {dir}/www; }}
}}
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class web_server:
    """nginx on a directory of its own, while the `with` lasts."""

    def __init__(self, directory, port):
        self.directory, self.port, self.process = directory, port, None

    def __enter__(self):
        conf = self.directory / "nginx.conf"
        user = "user root;" if os.getuid() == 0 else ""
        conf.write_text(NGINX.format(dir=self.directory, port=self.port,
                                     user=user))
        self.process = subprocess.Popen(
            ["nginx", "-p", self.directory, "-c", conf,
             "-e", self.directory / "error.log"])
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        raise SystemExit((self.directory / "error.log").read_text())

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)


def measure(command, **options):
    """Runs a command: wall s, CPU s of it alone, peak RSS in MB, its output."""
    begin = time.monotonic()
    process = subprocess.Popen(list(map(str, command)), text=True,
                               stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, **options)
    output = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command[0]} ended with {process.returncode}:\n"
                         + output[-2000:])
    return {"wall_s": time.monotonic() - begin,
            "cpu_s": used.ru_utime + used.ru_stime,
            "rss_mb": used.ru_maxrss / 1024, "output": output}


def lines_of(path):
    with open(path, "rb") as file:
        return sum(1 for _ in file)


def collect_command(program, url, directory, farm):
    return [program, "collect", "--boards-url", url, "--boards",
            directory / "www/boards.csv", "--sources",
            "greenhouse,lever,ashby,jsonld", "--workers", "4", "--enrich",
            "none", "--data-dir", farm, "--out",
            directory / "jobfarm.jsonl", "--quiet"]


def best_of(times, command, **options):
    return min((measure(command, **options) for _ in range(times)),
               key=lambda one: one["wall_s"])


def collection(program, url, directory, farm):
    """One collection, and how many postings it handed out. No file is there
    before it: giving back the room of an old one is no part of the job."""
    out = directory / "jobfarm.jsonl"
    out.unlink(missing_ok=True)
    one = measure(collect_command(program, url, directory, farm))
    one["records"] = lines_of(out)
    return one


def best_collection(times, program, url, directory):
    """The quickest of so many, each into a directory of its own."""
    runs = []
    for number in range(times):
        farm = directory / f"farm-{number}"
        runs.append(collection(program, url, directory, farm))
        shutil.rmtree(farm)
    return min(runs, key=lambda one: one["wall_s"])


def collected_again(program, url, directory):
    """The second collection of what the first one stored: nothing is new."""
    farm = directory / "farm-again"
    collection(program, url, directory, farm)
    return collection(program, url, directory, farm)


def wrk_pages_per_second(urls, directory, base_url):
    script = directory / "urls.lua"
    paths = [url[len(base_url):] for url in urls]
    script.write_text("local paths = {" + ",".join(f'"{p}"' for p in paths)
                      + "}\nlocal at = 0\nrequest = function()\n"
                      "  at = at % #paths + 1\n"
                      '  return wrk.format("GET", paths[at])\nend\n')
    output = measure(["wrk", "-t1", "-c32", "-d2s", "-s", script,
                      base_url])["output"]
    return float(re.search(r"Requests/sec:\s*([\d.]+)", output).group(1))


def fetch_alone(program, directory):
    """The fetch trade without what follows it, beside `wrk`."""
    output = measure([program, directory / "www/urls.txt", "2"])["output"]
    pages, us = re.match(r"(\S+) pages/s (\S+) us/page", output).groups()
    return {"pages_per_s": float(pages), "cpu_us_per_page": float(us)}


def crawlee_home():
    """Where the packages of Crawlee lie, installed by npm the first time;
    nothing where there is no npm or it cannot."""
    home = HERE.parents[1] / "build/crawlee"
    if not (home / "node_modules").is_dir():
        if not (shutil.which("node") and shutil.which("npm")):
            return None
        home.mkdir(parents=True, exist_ok=True)
        if subprocess.run(["npm", "install", "--no-audit", "--no-fund",
                           "--loglevel=error", CRAWLEE], cwd=home,
                          stdout=subprocess.DEVNULL, check=False).returncode:
            return None
    return home


def peers(directory):
    """Figures of each peer; those named with a + do every step of the job."""
    scripts = HERE / "peers"
    urls, environment = directory / "www/urls.txt", dict(os.environ)
    environment["PYTHONPATH"] = str(scripts)
    crawlee = crawlee_home()
    if not crawlee:
        print("Crawlee is left out: npm cannot install it here",
              file=sys.stderr)
    python = "/usr/bin/python3"
    for name, program, script, words in (
            ("Scrapy", python, "scrapy_boards.py", []),
            ("Scrapy+", python, "scrapy_boards.py", ["every-step"]),
            ("Crawlee", "node", "crawlee_boards.mjs", []),
            ("lean script", python, "lean_boards.py", []),
            ("aiohttp+", python, "aiohttp_boards.py", [])):
        if name == "Crawlee" and not crawlee:
            continue
        out = directory / f"{name}.jsonl"
        one = measure([program, scripts / script, urls, out, *words],
                      env=environment, cwd=crawlee)
        one["records"] = lines_of(out)
        yield name, one


def run(program, fetch_bench, repeats=2):
    directory = pathlib.Path(tempfile.mkdtemp(prefix="jobfarm-bench-"))
    try:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        (directory / "www").mkdir()
        pages, postings = boards_workload.write(directory / "www", url)
        with web_server(directory, port):
            found = {"jobfarm": best_collection(repeats, program, url,
                                                directory)}
            found["again"] = collected_again(program, url, directory)
            found.update(peers(directory))
            urls = (directory / "www/urls.txt").read_text().split()
            limit = wrk_pages_per_second(urls, directory, url)
            fetch = fetch_alone(fetch_bench, directory)
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    for one in found.values():
        one.pop("output")
        one["cpu_us_per_posting"] = one["cpu_s"] * 1e6 / postings
        one["pages_per_s"] = pages / one["wall_s"]
        one["of_wrk"] = one["pages_per_s"] / limit
    fetch["of_wrk"] = fetch["pages_per_s"] / limit
    return {"pages": pages, "postings": postings, "wrk_pages_per_s": limit,
            "fetch_alone": fetch, "runs": found}


def table(result):
    rows = [f"boards workload: {result['pages']} pages, {result['postings']} "
            f"postings; wrk {result['wrk_pages_per_s']:.0f} pages/s",
            "             wall s  us/posting  RSS MB  pages/s  of wrk  records"]
    for name, one in result["runs"].items():
        rows.append(f"{name:12} {one['wall_s']:6.2f}  "
                    f"{one['cpu_us_per_posting']:10.0f}  {one['rss_mb']:6.0f}"
                    f"  {one['pages_per_s']:7.0f}  {one['of_wrk']:6.3f}"
                    f"  {one['records']:7}")
    fetch = result["fetch_alone"]
    rows.append(f"fetch alone: {fetch['pages_per_s']:.0f} pages/s, "
                f"{fetch['cpu_us_per_page']:.0f} us of CPU a page, "
                f"{fetch['of_wrk']:.2f} of wrk")
    ours = result["runs"]["jobfarm"]
    for name, one in result["runs"].items():
        if one is not ours:
            rows.append(f"{name}: {one['wall_s'] / ours['wall_s']:.1f} x our "
                        f"wall, {one['cpu_s'] / ours['cpu_s']:.1f} x our CPU")
    return "\n".join(rows)


if __name__ == "__main__":
    build = pathlib.Path(sys.argv[1]).resolve()
    print(table(run(build / "cli/jobfarm", build / "tests/bench/fetch_bench")))
