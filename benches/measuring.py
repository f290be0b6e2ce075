"""What the benchmarks have in common: programs that are built, processes that serve, and the load generator."""

import json
import os
import pathlib
import re
import statistics
import subprocess
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
TICKS = os.sysconf("SC_CLK_TCK")
# The app of development tokens, which is the owner of what is made behind the server's back.
APP = "d3a7c0de-0000-4000-8000-000000000002"


def numbers(text):
    return [int(number) for number in text.split(",")]


def build(profile):
    """The directory with the programs."""
    for manifest in [ROOT, HERE / "against"]:
        subprocess.run(["cargo", "build", "--profile", profile, "--quiet", "--locked", "--manifest-path", manifest / "Cargo.toml",
                        "--target-dir", target_dir()], check=True)
    return target_dir() / ("debug" if profile == "dev" else profile)


def add_profile(parser):
    parser.add_argument("--profile", default="release", help="of the programs; dev tries the benchmark, and its figures mean nothing [release]")


def target_dir():
    metadata = subprocess.run(["cargo", "metadata", "--no-deps", "--format-version", "1", "--manifest-path", ROOT / "Cargo.toml"],
                              check=True, capture_output=True)
    return pathlib.Path(json.loads(metadata.stdout)["target_directory"])


class Server:
    """A process that serves until the end of a `with`."""

    def __init__(self, command):
        self.process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True)
        # It says where it listens, once it does.
        origins = (re.search(r"API +(http://[^/\s]+)", line) for line in self.process.stdout)
        self.origin = next((found[1] for found in origins if found), None)
        if not self.origin:
            raise SystemExit(f"{command[0]} has not started")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def rss_mib(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def serve(target, data, log="warn"):
    """The command of a server of ours."""
    return [target / "graph-connections", "serve", "--listen", "127.0.0.1:0", "--data", data, "--log", log]


def mint(origin, tenant, **user):
    """A token of the development issuer for its demo app, or for a user of it."""
    form = {"grant_type": "client_credentials", "client_id": APP, "client_secret": "any",
            "scope": "https://graph.microsoft.com/.default", **user}
    with urllib.request.urlopen(f"{origin}/{tenant}/oauth2/v2.0/token", urllib.parse.urlencode(form).encode()) as answer:
        return json.load(answer)["access_token"]


def send(origin, token, method, path, body):
    """A request with a JSON body; gives the status, and the answer if it is JSON."""
    request = urllib.request.Request(f"{origin}/v1.0{path}", json.dumps(body).encode(), method=method,
                                     headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        text = answer.read()
        return answer.status, json.loads(text) if text else None


class Wrk:
    """One run of the load generator."""

    def __init__(self, seconds, server, connections, script, *arguments):
        before = server.cpu_seconds()
        self.command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", HERE / script,
                        server.origin, "--", *arguments]
        output = self.run()
        requests, micros, errors, p50_us, p99_us = map(float, re.search(r"RESULT (.*)", output)[1].split())
        # Answers that are no success are not what was to be measured.
        if errors:
            raise SystemExit(f"{errors:.0f} requests of {arguments[0]} failed:\n{output}")
        self.per_second = requests / micros * 1e6
        self.requests, self.seconds = requests, micros / 1e6
        self.p50_ms, self.p99_ms = p50_us / 1000, p99_us / 1000
        self.cpu_us = (server.cpu_seconds() - before) / requests * 1e6

    def run(self):
        return subprocess.run([str(word) for word in self.command], check=True, stdout=subprocess.PIPE, text=True).stdout


def median(runs, figure):
    return statistics.median(getattr(run, figure) for run in runs)
