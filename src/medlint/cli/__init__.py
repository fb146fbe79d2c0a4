"""The command line: each command is a module here, loaded when it is called. Parses, calls, prints; no logic."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from medlint.errors import ConfigError, MedlintError, without_paths

if TYPE_CHECKING:
    from typer import Typer

COMMANDS = {
    "check": "Check articles and report what falls short.",
    "report": "Write the editors' report: each article with notes in its margin.",
    "explain": "What a rule looks for, why, on whose authority, with examples.",
    "rules": "List the rules.",
    "test": "Run the examples in rule files.",
    "try": "Run one rule on a phrase.",
    "zones": "Show how medlint reads a file: each block, its zone and why.",
    "why": "Which rules looked at a line, fired or were silenced, and by what; or who knows a word.",
    "config": "The effective configuration, and where each value came from.",
    "init": "Write a commented medlint.toml.",
    "accept": "Add a word to the spellings that the project accepts.",
    "suppressions": "The register of suppressions: rule, place, reason, until.",
    "baseline": "Accept today's findings for now (write), drop what is mended (prune), or list (show).",
    "data": "The dated tables: age and sources.",
    "cache": "Show or clear what medlint has stored.",
    "readability": "Grade a file by the usual formulas, with what costs most.",
}


def build(wanted: str = "") -> Typer:
    """The application with the command ``wanted``, or with all of them for help and completion."""
    import typer

    app = typer.Typer(
        name="medlint",
        help="A linter for health articles. Begin with: medlint check article.html",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )

    @app.callback()
    def options(version: bool = typer.Option(False, "--version", "-V", help="Print the version and exit.")) -> None:
        if version:
            from medlint._version import __version__

            typer.echo(f"medlint {__version__}")
            raise typer.Exit

    for name in [wanted] if wanted in COMMANDS else COMMANDS:
        module = import_module(f"{__name__}.{name}_command")
        app.command(name, help=COMMANDS[name], short_help=COMMANDS[name], epilog=getattr(module, "EPILOG", None))(
            module.command
        )
    return app


class Ended(BaseException):
    """The process is asked to end, by the signal ``number``; no handler of errors takes it for one."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def _heeding_signals() -> Iterator[None]:
    """Let the signals that ask a process to end raise Ended, so that workers are ended and temporary files removed."""

    started = os.getpid()

    def end(number: int, _: object) -> None:
        if os.getpid() != started:  # a worker, forked a moment ago
            os._exit(128 + number)
        raise Ended(number)

    before = {}
    for number in {getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)}:
        if signal.getsignal(number) is signal.SIG_IGN:  # as nohup asks
            continue
        with suppress(ValueError):  # not the main thread
            before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def invoke(words: Sequence[str]) -> int:
    """Run the command line and return its exit code: 0, 1 or 2 as ``report.exit_code`` says, 130 when interrupted.

    A bug of medlint is 2 as well, never 1: nobody should take it for findings.
    """
    _open_streams()
    try:
        with _heeding_signals():
            result = _run(words)
            sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except MedlintError as error:
        _say(str(error))
    except KeyboardInterrupt:
        _say("interrupted")
        return 130
    except Ended as error:
        _say("ended")
        return 128 + error.number
    except OSError as error:
        return _lost(error)
    except SystemExit as error:
        if isinstance(error.__context__, OSError):  # typer's own way to end when nobody reads
            return _lost(error.__context__)
        raise
    except Exception as error:
        return _usage(error)
    return 2


def _lost(error: OSError) -> int:
    """What could not be written; where nobody wanted to read it any more, nothing is lost."""
    from medlint.cli.output import abandon

    abandon(sys.stdout)
    if error.errno == errno.EPIPE:
        return 0
    _say(f"{error.filename or 'output'}: {error.strerror}")
    return 2


def _open_streams() -> None:
    """Give a process that was started with closed streams some to write to, so that no file gets their numbers."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("r+", encoding="utf-8"))  # noqa: SIM115


def _run(words: Sequence[str]) -> object:
    completing = "_MEDLINT_COMPLETE" in os.environ
    if words[:1] == ["check"] and not completing:
        from medlint.cli.words import read

        if request := read(words[1:]):
            from medlint.cli.check import check

            return check(request)
    wanted = words[0] if words and words[0] in COMMANDS and not completing else ""
    if words and not wanted and not words[0].startswith("-") and Path(words[0]).exists():
        raise ConfigError(words[0], "this is no command", remedy=f"Check it with 'medlint check {words[0]}'.")
    return build(wanted)(list(words), standalone_mode=False, prog_name="medlint")


def _usage(error: Exception) -> int:
    """A mistake in the words of the command line, shown with its remedy; anything else is a bug, and said to be one."""
    show, code = getattr(error, "show", None), getattr(error, "exit_code", None)
    if type(error).__name__ == "Abort":
        _say("interrupted")
        return 130
    if type(error).__name__ == "Exit" and isinstance(code, int):
        return code
    if show is None or not isinstance(code, int):
        _confess(error)
    else:
        show()
    return 2


def _confess(error: Exception) -> None:
    """Show a bug as a report of it needs it: without values, paths of this machine or its environment."""
    from traceback import extract_tb

    for frame in extract_tb(error.__traceback__):
        _say(f"at {Path(frame.filename).name}:{frame.lineno}, in {frame.name}")
    _say(f"this is a bug, please report it: {type(error).__name__}: {without_paths(str(error))}")


def _say(words: str) -> None:
    from medlint.cli.output import complain

    complain(words)
