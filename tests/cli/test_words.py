"""The command line of ``check`` means the same whether typer reads it or not."""

from __future__ import annotations

import inspect

import pytest
from typer.main import get_command

from medlint.cli import build
from medlint.cli.check import Request
from medlint.cli.check_command import command
from medlint.cli.words import SHORT, read


def by_typer(words: list[str]) -> Request:
    check = get_command(build("check")).commands["check"]  # type: ignore[attr-defined]
    return Request(**check.make_context("check", list(words)).params)


def plain(request: Request) -> dict[str, object]:
    values = request._replace(config=str(request.config) if request.config else None)._asdict()  # type: ignore[arg-type]
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


@pytest.mark.parametrize(
    "line",
    [
        "",
        "a.md",
        "a.html b/ -",
        "a.md --offline --isolated -f json",
        "--format=sarif -o out.sarif a.md --quiet",
        "-q a.md --report html=out --report json=x.json",
        "--select crisis,review --select typos --ignore run-on a.md",
        "--jobs 2 --no-cache --no-suppressions --config medlint.toml",
        "--suppressions --cache -j 0 --region uk --audience carer",
        "--today 2026-11-23 --since main --no-new-suppressions --fail-on never",
        "--fix --unsafe-fixes --diff --statistics --show-undetermined --allow-empty --exit-zero --preview",
        "a=b.md --stdin-filename=a=b.md --format json --format text",
    ],
)
def test_plain_command_lines_are_read_as_typer_reads_them(line: str) -> None:
    words = line.split()
    request = read(words)
    assert request is not None
    assert plain(request) == plain(by_typer(words))


@pytest.mark.parametrize(
    "line",
    ["--help", "-h", "--nope", "-qf json", "-fjson", "-f=json", "--jobs -1", "--jobs two", "--jobs", "-- a.md", "--quiet=1", "--format="],
)  # fmt: skip
def test_whatever_is_unusual_or_wrong_is_left_to_typer(line: str) -> None:
    assert read(line.split()) is None


def test_the_environment_is_left_to_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDLINT_OFFLINE", "1")
    assert read(["a.md"]) is None


def test_a_request_has_the_options_that_the_help_explains() -> None:
    explained = {
        name: tuple(parameter.default) if isinstance(parameter.default, list) else parameter.default
        for name, parameter in inspect.signature(command).parameters.items()
    }
    assert explained == Request._field_defaults
    options = get_command(build("check")).commands["check"].params  # type: ignore[attr-defined]
    short = {name: next(long for long in option.opts if long.startswith("--")) for option in options for name in option.opts if name[0] == "-" != name[1]}  # fmt: skip
    assert short == SHORT
