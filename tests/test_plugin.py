"""A third party can add a check by installing a package, and rules by naming a folder; what it does wrong is its own."""

from __future__ import annotations

import ctypes
import faulthandler
import html
import importlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

import medlint
from medlint import checks, limits, workers
from medlint.catalog import from_folder, problems, select
from medlint.cli import invoke
from medlint.errors import RuleError
from medlint.examples import run
from medlint.facts import Facts
from medlint.finding import Edit, Fix, Hit, Safety
from medlint.report import FORMATS
from medlint.source import Source, Span

PLUGIN = Path(__file__).parent / "plugin"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The plug-ins as installed packages: on the path, with their entry points declared."""
    info = tmp_path / "medlint_shouting-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: medlint-shouting\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[medlint.checks]\nshouting = medlint_shouting\ncriminal = criminal\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(PLUGIN), *sys.path])
    importlib.invalidate_caches()
    checks.load.cache_clear()
    yield
    checks.load.cache_clear()


@pytest.mark.usefixtures("installed")
def test_a_package_adds_a_check_and_a_folder_of_rules() -> None:
    rules = from_folder(PLUGIN / "medlint_shouting" / "house")
    assert [rule.name for rule in rules] == ["shouting-in-text"]
    assert not [problem for rule in rules for problem in problems(rule)]
    assert all(failure is None for failure in run(select(rules).rules))


def test_without_the_package_the_error_says_what_is_missing() -> None:
    checks.load.cache_clear()
    with pytest.raises(RuleError, match="no check called 'shouting'"):
        from_folder(PLUGIN / "medlint_shouting" / "house")


HERE = Span(0, 1)


def _loop(_: Facts) -> None:
    while True:
        pass


def _loop_regardless(_: Facts) -> None:
    while True:
        try:
            while True:
                pass
        except Exception:
            pass


def _raise(error: BaseException) -> Callable[[Facts], None]:
    def throw(_: Facts) -> None:
        raise error

    return throw


def _change(facts: Facts) -> list[Hit]:
    for block in facts.document.blocks:
        block.text = block.plain = ""
        block.segments = ()
        block.hidden = True
    facts.document.blocks = ()
    facts.document.source.text = ""
    return []


def _crash(_: Facts) -> None:
    faulthandler.disable()
    ctypes.string_at(0)


def _print(_: Facts) -> list[Hit]:
    print('{"files": []}')
    return []


Said = tuple[Callable[[Facts], Any], str, str]
CRASHED, SLOW, LOST = "check-crashed", "rule-not-finished", "file-not-finished"
CRIMES: dict[str, Said] = {
    "raises": (_raise(ZeroDivisionError("by design")), CRASHED, "ZeroDivisionError: by design, at test_plugin.py:"),
    "raises out of memory": (_raise(MemoryError()), CRASHED, "MemoryError"),
    "exits": (_raise(SystemExit(0)), CRASHED, "SystemExit: 0"),
    "gives nothing": (lambda _: None, CRASHED, "TypeError"),
    "gives a number": (lambda _: 7, CRASHED, "TypeError"),
    "yields nothing": (lambda _: [None], CRASHED, "Expected `object`"),
    "yields a number": (lambda _: [7], CRASHED, "Expected `object`, got `int`"),
    "yields words": (lambda _: ["words"], CRASHED, "Expected `object`, got `str`"),
    "yields itself": (lambda facts: [facts], CRASHED, "TypeError"),
    "yields a place that is none": (lambda _: [Hit(Span("a", None))], CRASHED, "Expected `int`"),  # type: ignore[arg-type]
    "yields a place elsewhere": (lambda _: [Hit(Span(5, 10**9))], CRASHED, "is not a place in the article"),
    "yields a place backwards": (lambda _: [Hit(Span(2, 1))], CRASHED, "is not a place in the article"),
    "yields a fix that is no text": (
        lambda _: [Hit(HERE, fix=Fix((Edit(HERE, 7),), Safety.SAFE, "A title"))],  # type: ignore[arg-type]
        CRASHED,
        "Expected `str`, got `int`",
    ),
    "yields a confidence that is none": (lambda _: [Hit(HERE, confidence="total")], CRASHED, "Invalid enum value"),  # type: ignore[arg-type]
    "yields a variant that is none": (lambda _: [Hit(HERE, variant="other")], CRASHED, "no variant 'other'"),
    "prints": (_print, "", ""),
    "changes the article": (_change, "", ""),
    "loops": (_loop, SLOW, "0.3 seconds of processor time"),
    "loops and hears no error": (_loop_regardless, LOST, "longer than"),
    "interrupts": (_raise(KeyboardInterrupt()), LOST, "the process that checked it ended"),
    "raises what is no error": (_raise(type("Odd", (BaseException,), {})()), LOST, "the process that checked it ended"),
    "ends the process as if all were well": (lambda _: os._exit(0), LOST, "longer than"),
    "ends the process": (lambda _: os._exit(1), LOST, "the process that checked it ended"),
    "reads where nothing is": (_crash, LOST, "the process that checked it ended"),
}


class _None(msgspec.Struct, frozen=True):
    pass


@pytest.fixture
def house(installed: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Callable[[Facts], Any]], None]:
    """A project with a rule of ours and one whose check is ``criminal``, which commits a crime on a.md and on no other."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "house").mkdir()
    for name, check, options in (("odd-word", "pattern", "{match: ['zyzzyva']}"), ("bad-rule", "criminal", "{}")):
        (tmp_path / "house" / f"{name}.yaml").write_text(
            f"name: {name}\nseverity: error\nconfidence: high\nsummary: An odd word.\nmessage: It is odd.\nadvice: Use another.\n"
            f"why: Because.\nsources: [{{title: T, publisher: P, accessed: 2026-11-01}}]\ncheck: {check}\noptions: {options}\n"
            "examples: {bad: ['A **zyzzyva**.', 'One **zyzzyva** more.'], good: ['A bee.', 'A fly.']}\n"
        )
    (tmp_path / "medlint.toml").write_text(
        "rule-folders = ['house']\nselect = ['house', 'self']\nlinks.offline = true\n"
    )
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("# Tea\n\nA zyzzyva sat.\n")
    medlint.check("A zyzzyva sat.")  # so that the workers inherit what is loaded
    monkeypatch.setattr(limits, "RULE_SECONDS", 0.3)
    monkeypatch.setattr(workers, "_BATCH_BYTES", 1)
    monkeypatch.setattr(workers, "_single_threaded", lambda: True)

    def install(crime: Callable[[Facts], Any]) -> None:
        def commit(facts: Facts, rule: object, options: object) -> Any:
            return crime(facts) if facts.document.source.name == "a.md" else []

        monkeypatch.setitem(sys.modules, "criminal", SimpleNamespace(Options=_None, run=commit))  # type: ignore[arg-type]

    return install


needs_fork = pytest.mark.skipif(sys.platform != "linux", reason="the crimes reach the workers through fork")
may_warn_of_fork = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@needs_fork
@may_warn_of_fork
@pytest.mark.parametrize("name", CRIMES)
def test_a_crime_of_one_rule_hides_nothing_of_the_others(
    house: Callable[[Callable[[Facts], Any]], None],
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    crime, rule, words = CRIMES[name]
    house(crime)
    if rule == LOST:
        monkeypatch.setattr(limits, "FILE_SECONDS", 1.0)
        monkeypatch.setattr(workers, "_GRACE", 0.1)
    code = invoke(["check", "a.md", "b.md", "--format", "json"])
    captured = capfd.readouterr()
    found = {
        file["path"]: {finding["rule"]: finding["message"] for finding in file["findings"]}
        for file in json.loads(captured.out)["files"]
    }
    assert list(found) == ["a.md", "b.md"]
    assert list(found["b.md"]) == ["odd-word"]
    assert set(found["a.md"]) == {rule} - {""} | ({"odd-word"} if rule != LOST else set())
    assert words in found["a.md"].get(rule, "")
    assert rule in ("", LOST) or "bad-rule" in found["a.md"][rule]
    assert code == (2 if rule else 1)
    assert ('{"files": []}' in captured.err) == (name == "prints")


@pytest.mark.parametrize(
    ("module", "words"),
    [
        (SimpleNamespace(run=lambda *_: []), "AttributeError"),
        (SimpleNamespace(Options=_None), "AttributeError"),
        (None, "ModuleNotFoundError"),
    ],
)
def test_a_package_that_cannot_be_loaded_is_said_with_a_remedy(
    house: object, module: Any, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "criminal", module)
    assert invoke(["check", "a.md"]) == 2
    said = capsys.readouterr().err
    assert "the check 'criminal' cannot be loaded" in said
    assert words in said
    assert "Update or remove the package that has criminal." in said


SECRET = "hunter2-in-a-local-or-the-environment"


def _fail(facts: Facts) -> None:
    secret = SECRET
    context = {"token": secret, "environment": dict(os.environ), "text": facts.document.source.text}
    raise ValueError(f"{len(context)} notes in '{Path.home() / 'work' / 'notes.txt'}' of {Path.home()}")


def _only_the_problem(shown: str, folder: Path) -> bool:
    """Whether ``shown`` says what failed, and nothing of the machine or of the values that it happened with."""
    assert SECRET not in shown
    assert "some body" not in shown
    assert str(folder) not in shown
    assert "TOKEN" not in shown.upper()
    return "ValueError: 3 notes in 'notes.txt' of ~" in shown


@needs_fork
@may_warn_of_fork
def test_no_format_tells_of_a_crash_more_than_what_failed(
    house: Callable[[Callable[[Facts], Any]], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home" / "some body"))
    monkeypatch.setenv("MEDLINT_TOKEN", SECRET)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    house(_fail)
    reports = [f"--report={format}=out/{format}" for format in FORMATS]
    for options in (reports, ["--format", "text"], ["--statistics", "--show-undetermined"], ["--diff"], ["--fix"]):
        assert invoke(["check", "a.md", *options]) == (0 if "--diff" in options else 2)
        captured = capfd.readouterr()
        assert _only_the_problem(captured.out + captured.err, tmp_path) or "--diff" in options
    written = [path for path in (*(tmp_path / "out").rglob("*"), tmp_path / "summary.md") if path.is_file()]
    assert len(written) > len(FORMATS)
    told = {path.name for path in written if _only_the_problem(html.unescape(path.read_text("utf-8")), tmp_path)}
    assert {*FORMATS} - {"html", "markdown"} <= told


@pytest.mark.parametrize("where", ["medlint.pipeline.read", "medlint.cli.output.closing"])
def test_a_bug_of_our_own_is_told_without_what_it_happened_with(
    house: Callable[[Callable[[Facts], Any]], None],
    where: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home" / "some body"))
    monkeypatch.setenv("MEDLINT_TOKEN", SECRET)
    monkeypatch.setattr(where, lambda *_: _fail(SimpleNamespace(document=SimpleNamespace(source=Source("x")))))  # type: ignore[arg-type]
    assert invoke(["check", "a.md", "--isolated", "--offline"]) == 2
    captured = capsys.readouterr()
    assert _only_the_problem(captured.out + captured.err, tmp_path)
    assert "Traceback" not in captured.err
