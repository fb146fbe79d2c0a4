"""Whole processes timed side by side: in turn, round by round, with what each one said beside its time.

The machine changes speed while a benchmark runs, so tools take turns within a round, the first round is dropped, and a
ratio is the median of the ratios of each round. A time stands beside the exit code and the number of findings of the
same run, so that nobody compares a crash, or a tool that found nothing to do.
"""

from __future__ import annotations

import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Run(NamedTuple):
    """One process from start to end: seconds by the clock and of all processors, peak memory in MB, exit code, and the
    number of findings in its output."""

    wall: float
    cpu: float
    peak: float
    code: int
    findings: int


class Tool(NamedTuple):
    """A command, how findings are counted in its standard output, and what it is in words (version, rules)."""

    name: str
    command: tuple[str, ...]
    count: Callable[[bytes], int]
    words: str = ""


def run(tool: Tool, folder: Path | None = None, environment: Mapping[str, str] = {}) -> Run:
    """Run ``tool`` once, its output going to a file."""
    with tempfile.TemporaryFile() as output, Path(os.devnull).open("rb") as nothing:
        started = time.perf_counter()
        process = os.fork()
        if not process:
            try:
                os.dup2(nothing.fileno(), 0)
                os.dup2(output.fileno(), 1)
                os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
                if folder is not None:
                    os.chdir(folder)
                os.execvpe(tool.command[0], tool.command, {**os.environ, "NO_COLOR": "1", **environment})
            finally:
                os._exit(127)
        _, status, used = os.wait4(process, 0)
        wall = time.perf_counter() - started
        output.seek(0)
        return Run(wall, *_used(used), os.waitstatus_to_exitcode(status), tool.count(output.read()))


def _used(used: resource.struct_rusage) -> tuple[float, float]:
    scale = 1 if os.uname().sysname == "Darwin" else 1024
    return used.ru_utime + used.ru_stime, used.ru_maxrss * scale / 1e6


def rounds(tools: Sequence[Tool], count: int, say: Callable[[str], None] = lambda _: None) -> dict[str, list[Run]]:
    """Run ``tools`` in turn, ``count`` times after a first round that is dropped."""
    found: dict[str, list[Run]] = {tool.name: [] for tool in tools}
    for number in range(count + 1):
        for tool in tools:
            one = run(tool)
            say(f"round {number} {tool.name}: {one.wall:.3f} s, exit {one.code}, {one.findings} findings")
            if number:
                found[tool.name].append(one)
    return found


def median(runs: Sequence[Run], field: str) -> float:
    """The median of one field of ``runs``."""
    return float(statistics.median(getattr(run, field) for run in runs))


def ratio(one: Sequence[Run], other: Sequence[Run], field: str = "wall") -> tuple[float, float, float]:
    """How many times as much ``one`` took as ``other``: median, least and most over the rounds."""
    ratios = sorted(getattr(a, field) / max(getattr(b, field), 1e-9) for a, b in zip(one, other, strict=True))
    return statistics.median(ratios), ratios[0], ratios[-1]


def machine() -> str:
    """The machine in one line: processor, cores, memory, system, and how busy it is."""
    model = "unknown processor"
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), model)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = os.uname()
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{model}, {cores} cores, {memory:.0f} GiB, {system.sysname} {system.machine}; load average {load}"
