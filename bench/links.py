"""2,000 links on loopback hosts: medlint beside linkchecker (PyPI) and linkinator (npm), in one run, as ratios.

    python bench/links.py [--links 2000] [--hosts 20] [--rounds 3] [--latency 0.03] [--limit 300]
                          [--linkchecker PATH] [--linkinator PATH]

Two comparisons: links as articles have them, and the same with servers that mean harm (never answer, drip, pour without
end, bombs), where a tool that is not done after ``--limit`` seconds is stopped. The page that links to all of them is
served too, as the other two start from a page. Next to each time stands what the tool found, so that nobody compares a
tool that looks with one that does not: dead links found, links called broken that are not dead, soft 404s found. A tool
that is missing is named and left out.

Times are wall-clock seconds of a whole process, start-up included; memory is its peak resident size. The hosts are
loopback addresses, so this needs Linux.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import gzip
import json
import os
import random
import shutil
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

TIMEOUT = 3
"""Seconds for one link, told to every tool."""

EXPECTED = {
    "ok": "ok",
    "file": "ok",
    "slow": "ok",
    "no-head": "ok",
    "temporary": "ok",
    "wait": "ok",
    "endless": "ok",
    "moved": "moved",
    "missing": "broken",
    "gone": "broken",
    "closed": "broken",
    "soft": "soft-404",
    "home": "soft-404",
    "denied": "blocked",
    "robots": "blocked",
    "busy": "blocked",
    "error": "unreachable",
    "silent": "unreachable",
    "drip": "unreachable",
    "cut": "unreachable",
    "loop": "unreachable",
    "bomb": "unreachable",
    "tls": "unreachable",
}
"""What each kind of link is, in medlint's words."""

SHARES = {
    "missing": 60,
    "gone": 10,
    "closed": 10,
    "soft": 20,
    "home": 10,
    "moved": 60,
    "temporary": 30,
    "denied": 30,
    "robots": 5,
    "busy": 5,
    "wait": 5,
    "slow": 30,
    "no-head": 20,
    "file": 60,
    "error": 10,
    "silent": 2,
    "drip": 2,
    "cut": 2,
    "loop": 5,
    "bomb": 2,
    "endless": 2,
    "tls": 5,
}
"""Links of a kind, in a thousand; the rest are ``ok``."""

DEAD = {"missing", "gone", "closed"}
HARMFUL = {"silent", "drip", "cut", "bomb", "endless"}


class Link(NamedTuple):
    """A link and what is wrong with it."""

    url: str
    kind: str


class Cost(NamedTuple):
    """What a process took: wall and CPU seconds, peak memory."""

    seconds: float
    cpu: float
    megabytes: float


class Run(NamedTuple):
    """What a tool took and what it said."""

    cost: Cost
    verdicts: dict[str, str]
    """By URL; other tools only know ``ok`` and ``broken``."""


# --- the web -----------------------------------------------------------------------------------------------------------

PAGE = (
    "<!doctype html><html><head><title>Sleep and health</title></head><body><h1>Sleep and health</h1>"
    + "<p>Most adults need seven hours of sleep or more. Talk to your clinician about what keeps you awake.</p>" * 180
    + "</body></html>"
).encode()
SOFT = PAGE.replace(b"Sleep and health", b"Page not found")
BOMB = gzip.compress(bytes(100_000_000), 9)


class Web:
    """One server for all hosts: what it does depends on the path, ``/kind/number``."""

    def __init__(self, latency: float, index: Path) -> None:
        self.latency = latency
        self.index = index
        self.waited: set[str] = set()

    async def client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection until it ends."""
        try:
            while True:
                header = await reader.readuntil(b"\r\n\r\n")
                method, path, _ = header.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
                await asyncio.sleep(self.latency)
                if not await self.answer(writer, method, path, path.split("/")[1]):
                    break
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.LimitOverrunError, ValueError):
            pass
        finally:
            writer.close()

    async def answer(self, writer: asyncio.StreamWriter, method: str, path: str, kind: str) -> bool:
        """Answer one request; returns whether the connection stays open."""
        head = method == "HEAD"

        def say(status: int, body: bytes = b"", *headers: str, media: str = "text/html; charset=utf-8") -> bool:
            lines = [f"HTTP/1.1 {status} X", f"Content-Type: {media}", f"Content-Length: {len(body)}", *headers, "", ""]
            writer.write("\r\n".join(lines).encode() + (b"" if head else body))
            return True

        async def pour(piece: bytes, pause: float = 0) -> bool:
            while True:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(pause)

        match kind:
            case "index.html":
                return say(200, self.index.read_bytes())
            case "robots.txt" | "missing":
                return say(404, b"<h1>404</h1>")
            case "gone":
                return say(410)
            case "soft":
                return say(200, SOFT)
            case "moved":
                return say(301, b"", f"Location: /ok/new{path.rpartition('/')[2]}")
            case "temporary":
                return say(302, b"", f"Location: /ok/now{path.rpartition('/')[2]}")
            case "home":
                return say(301, b"", "Location: /")
            case "loop":
                return say(302, b"", f"Location: {path}")
            case "denied":
                return say(403)
            case "robots":
                return say(999)
            case "busy":
                return say(429, b"", "Retry-After: 3600")
            case "wait" if path not in self.waited:
                self.waited.add(path)
                return say(429, b"", "Retry-After: 1")
            case "slow":
                await asyncio.sleep(0.5)
                return say(200, PAGE)
            case "no-head":
                return say(405 if head else 200, PAGE)
            case "file":
                return say(200, b"%PDF-1.7" + bytes(200_000), media="application/pdf")
            case "error":
                return say(500)
            case "silent":
                await asyncio.sleep(600)
                return False
            case "cut":
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/ht")
                return False
            case "drip":
                writer.write(b"HTTP/1.1 200 OK\r\nX: ")
                return await pour(b"a", 0.3)
            case "bomb":
                return say(200, BOMB, "Content-Encoding: gzip")
            case "endless":
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")
                return False if head else await pour(PAGE)
            case _:
                return say(200, PAGE)


def serve(port: int, tls_port: int, certificate: str, latency: float, index: Path) -> None:
    """The server process: until it is terminated."""

    async def run() -> None:
        web = Web(latency, index)
        servers = [await asyncio.start_server(web.client, "0.0.0.0", port, backlog=1024)]
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            servers.append(await asyncio.start_server(web.client, "0.0.0.0", tls_port, ssl=context, backlog=1024))
        print("ready", flush=True)
        await asyncio.gather(*(server.serve_forever() for server in servers))

    asyncio.run(run())


def make_links(count: int, hosts: int, without: set[str], port: int, tls_port: int, closed_port: int) -> list[Link]:
    """The links, in an order that depends on nothing but the first three."""
    kinds = [
        kind for kind, share in SHARES.items() for _ in range(max(1, share * count // 1000)) if kind not in without
    ]
    kinds += ["ok"] * (count - len(kinds))
    random.Random(20_26).shuffle(kinds)
    links = []
    for number, kind in enumerate(kinds):
        host = f"127.0.0.{2 + number % hosts}"
        scheme = "https" if kind == "tls" else "http"
        at = {"tls": tls_port, "closed": closed_port}.get(kind, port)
        links.append(Link(f"{scheme}://{host}:{at}/{kind}/{number}", kind))
    return links


# --- the tools ----------------------------------------------------------------------------------------------------------


def measure(command: list[str], folder: Path, limit: float) -> tuple[Cost, str]:
    """Run ``command``, for ``limit`` seconds at most; what it took and its standard output."""
    with (folder / "stdout").open("w+b") as output, (folder / "stderr").open("w+b") as errors:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=errors, cwd=folder)
        guard = threading.Timer(limit, process.kill)
        guard.start()
        _, _, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        guard.cancel()
        process.returncode = 0
        output.seek(0)
        text = output.read().decode(errors="replace")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), text


def run_medlint(links: list[Link], folder: Path, limit: float, workers: int) -> Run:
    """medlint, through its own function; no cache, no archive, every host allowed (and so not paced)."""
    (folder / "urls").write_text("\n".join(link.url for link in links))
    command = [sys.executable, __file__, "--worker", str(folder / "urls"), str(workers)]
    cost, text = measure(command, folder, limit)
    return Run(cost, json.loads(text or "{}"))


def work(urls: Path, workers: int) -> None:
    """The process that is measured."""
    from medlint.fetch import LinkPolicy, check_links

    links = urls.read_text().split("\n")
    policy = LinkPolicy(
        allow_hosts=tuple({link.split("/")[2] for link in links}),
        timeout_link=TIMEOUT,
        max_total=workers,
        cache=False,
        suggest_archive=False,
    )
    print(json.dumps({link: str(result.outcome) for link, result in check_links(links, policy).items()}))


def run_linkchecker(program: str, index: str, folder: Path, limit: float, threads: int, rate: int) -> Run:
    """linkchecker from the index page, external links included."""
    folder.chmod(0o755)  # As root it becomes another user, who must read the configuration.
    (folder / "linkcheckerrc").write_text(f"[checking]\nmaxrequestspersecond={rate}\n")
    command = [
        program,
        "-f",
        str(folder / "linkcheckerrc"),
        "--check-extern",
        "-t",
        str(threads),
        f"--timeout={TIMEOUT}",
    ]
    command += ["-v", "-o", "csv/utf-8", "--no-status", "-r1", index]
    cost, text = measure(command, folder, limit)
    rows = csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter=";")
    return Run(cost, {row["urlname"]: "ok" if row["valid"] == "True" else "broken" for row in rows if row["valid"]})


def run_linkinator(program: str, index: str, folder: Path, limit: float, concurrency: int) -> Run:
    """linkinator from the index page. Not with ``--retry``: it then waits for as long as a server says, an hour here."""
    command = [program, index, "--format", "json", "--timeout", str(TIMEOUT * 1000), "--concurrency", str(concurrency)]
    cost, text = measure(command, folder, limit)
    found = json.loads(text[text.index("{") :])["links"] if "{" in text else []
    return Run(cost, {link["url"]: "ok" if link["state"] == "OK" else "broken" for link in found})


# --- the comparison -----------------------------------------------------------------------------------------------------


@contextmanager
def web(options: argparse.Namespace, harm: bool, folder: Path) -> Iterator[tuple[list[Link], str]]:
    """The server, running; its links and the page that has them all."""
    port, tls_port = free_port(), free_port()
    closed = socket.socket()
    closed.bind(("0.0.0.0", 0))  # Bound, but nobody listens.
    certificate = make_certificate(folder)
    without = (set() if harm else HARMFUL) | (set() if certificate else {"tls"})
    links = make_links(options.links, options.hosts, without, port, tls_port, closed.getsockname()[1])
    index = folder / "index.html"
    index.write_text(
        "<title>Links</title>" + "".join(f'<p><a href="{link.url}">{link.kind}</a></p>\n' for link in links)
    )
    command = [
        sys.executable,
        __file__,
        "--serve",
        str(port),
        str(tls_port),
        certificate,
        str(options.latency),
        str(index),
    ]
    server = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert server.stdout
        server.stdout.readline()
        yield links, f"http://127.0.0.1:{port}/index.html"
    finally:
        server.kill()
        server.wait()
        closed.close()


def free_port() -> int:
    """A port that is free on all hosts just now."""
    with socket.socket() as probe:
        probe.bind(("0.0.0.0", 0))
        return int(probe.getsockname()[1])


def make_certificate(folder: Path) -> str:
    """A certificate that nobody trusts, in a file; empty without trustme."""
    try:
        import trustme
    except ImportError:
        return ""
    path = folder / "server.pem"
    trustme.CA().issue_cert("clinic.test").private_key_and_cert_chain_pem.write_to_path(str(path))
    return str(path)


def findings(run: Run, links: list[Link]) -> str:
    """How right the tool was."""

    def called(kinds: set[str], *verdicts: str) -> int:
        return sum(link.kind in kinds and run.verdicts.get(link.url, "not checked") in verdicts for link in links)

    every, soft = set(EXPECTED), {"soft", "home"}
    missed = called(every, "not checked")
    return (
        f"{called(DEAD, 'broken')} of {sum(link.kind in DEAD for link in links)} dead found, "
        f"{called(every - DEAD - soft, 'broken')} called broken that are not, "
        f"{called(soft, 'broken', 'soft-404')} of {sum(link.kind in soft for link in links)} soft 404s found"
        + (f", {missed} not checked" if missed else "")
    )


def tools(options: argparse.Namespace) -> dict[str, Callable[[list[Link], str, Path], Run]]:
    """The tools that are there, as they come and with as many at once as there are hosts."""
    limit, hosts = options.limit, options.hosts
    found: dict[str, Callable[[list[Link], str, Path], Run]] = {
        "medlint, 4 at once (default)": lambda links, _, folder: run_medlint(links, folder, limit, 4),
        f"medlint, {hosts} at once": lambda links, _, folder: run_medlint(links, folder, limit, hosts),
    }
    if linkchecker := shutil.which(options.linkchecker):
        found |= {
            "linkchecker, 10 at once (default)": lambda _, index, folder: run_linkchecker(
                linkchecker, index, folder, limit, 10, 10
            ),
            f"linkchecker, {hosts} at once, rate raised": lambda _, index, folder: run_linkchecker(
                linkchecker, index, folder, limit, hosts, 100_000
            ),
        }
    else:
        print("linkchecker is missing (pip install linkchecker): left out")
    if linkinator := shutil.which(options.linkinator):
        found |= {
            "linkinator, 100 at once (default)": lambda _, index, folder: run_linkinator(
                linkinator, index, folder, limit, 100
            ),
            f"linkinator, {hosts} at once": lambda _, index, folder: run_linkinator(
                linkinator, index, folder, limit, hosts
            ),
        }
    else:
        print("linkinator is missing (npm install linkinator): left out")
    return found


def compare(options: argparse.Namespace, harm: bool) -> None:
    """Run every tool in turn, ``rounds`` times, and print the table."""
    runs: dict[str, list[Run]] = {}
    said: dict[str, str] = {}
    for _ in range(options.rounds):
        for name, tool in tools(options).items():
            # A server of its own, as some links answer differently the second time.
            with tempfile.TemporaryDirectory() as scratch, web(options, harm, Path(scratch)) as (links, index):
                run = tool(links, index, Path(scratch))
            runs.setdefault(name, []).append(run)
            said[name] = findings(run, links) + ("; STOPPED" if run.cost.seconds >= options.limit else "")
            print(f"  {name}: {run.cost.seconds:.1f} s; {said[name]}", file=sys.stderr, flush=True)
            for link in links if name.startswith("medlint") else ():
                if run.verdicts.get(link.url) != EXPECTED[link.kind]:
                    print(f"  WRONG: a {link.kind} link is called {run.verdicts.get(link.url)}")
    print(f"\n{options.links} links on {options.hosts} hosts{', some of them harmful' if harm else ''}; "
          f"{options.latency * 1000:.0f} ms latency; median of {options.rounds}; load {os.getloadavg()[0]:.1f}")  # fmt: skip
    base = next(iter(runs))
    print(f"{'':42} {'seconds':>8} {'links/s':>8} {'CPU s':>6} {'MB':>5} {'time ratio':>10}")
    for name, measured in runs.items():
        cost = Cost(*(statistics.median(costs) for costs in zip(*(run.cost for run in measured), strict=True)))
        ratio = statistics.median(
            run.cost.seconds / first.cost.seconds for run, first in zip(measured, runs[base], strict=True)
        )
        speed = options.links / cost.seconds
        print(f"{name:42} {cost.seconds:8.1f} {speed:8.0f} {cost.cpu:6.1f} {cost.megabytes:5.0f} {ratio:10.2f}")
    for name, words in said.items():
        print(f"{name}: {words}")


def main() -> None:
    """The command line."""
    if sys.argv[1:2] == ["--serve"]:
        port, tls_port, certificate, latency, index = sys.argv[2:]
        serve(int(port), int(tls_port), certificate, float(latency), Path(index))
    elif sys.argv[1:2] == ["--worker"]:
        work(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
        parser.add_argument("--links", type=int, default=2000)
        parser.add_argument("--hosts", type=int, default=20)
        parser.add_argument("--rounds", type=int, default=3)
        parser.add_argument("--latency", type=float, default=0.03, help="seconds before each answer")
        parser.add_argument("--linkchecker", default="linkchecker", help="the program, if it is not on the path")
        parser.add_argument("--linkinator", default="linkinator", help="the program, if it is not on the path")
        parser.add_argument("--limit", type=float, default=300, help="seconds after which a tool is stopped")
        options = parser.parse_args()
        compare(options, harm=False)
        compare(options, harm=True)


if __name__ == "__main__":
    main()
