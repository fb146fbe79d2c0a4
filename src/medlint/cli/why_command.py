"""``medlint why``: which rules looked at a line, which fired, and what silenced the others; or who knows a word."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from medlint.account import Account

EPILOG = "Examples: medlint why article.html:41   medlint why telepsychiatry"


def command(
    place: Annotated[str, typer.Argument(help="FILE:LINE, as in article.html:41, or a word.")],
    today: Annotated[str, typer.Option("--today", help="YYYY-MM-DD: the clock.")] = "",
) -> int:
    from medlint.account import account
    from medlint.cli.check import day
    from medlint.errors import ReadError
    from medlint.run import Configurations, Plan, prepare

    name, _, number = place.rpartition(":")
    if not name and re.fullmatch(r"\w[\w'-]*", place) and not Path(place).exists():
        return _word(place)
    if not name or not number.isdigit():
        raise typer.BadParameter(f"{place!r} is neither FILE:LINE nor a word", param_hint="PLACE")
    plan = Plan((name,), day(today), exclude=False)
    prepared = prepare(plan, stdin=sys.stdin.buffer.read)
    if len(prepared.work) != 1 or prepared.work[0].path is None:
        raise ReadError(name, "this is not an article", remedy="Name one file, as in article.html:41.")
    loaded = Configurations(plan).of(Path(name)).at(name)
    _show(account(prepared.work[0], loaded, int(number)), loaded.config.baseline)
    return 0


def _show(found: Account, baseline: str) -> None:
    from medlint.finding import State
    from medlint.report.terminal import Paint, coloured, safe

    paint = Paint(coloured(sys.stdout))
    for block in found.blocks:
        hidden = ", hidden" if block.hidden else ""
        print(f"{paint(str(block.zone), str(block.zone))} {block.kind}{hidden} ({block.why}): {safe(block.text[:100])}")
    if not found.blocks:
        print("No prose on this line: markup, code or front matter.")
    print()
    for finding in found.findings:
        state = "fired"
        if finding.state is not State.OPEN:
            state = f"{finding.state}: {finding.reason or f'accepted in {baseline}'}"
        print(f"{paint(str(finding.severity), finding.rule)}  {safe(state)}  {safe(finding.message)}")
    for title, names in (
        ("Looked and found nothing", found.quiet),
        ("Do not look at this part of a page", found.apart),
    ):
        if names:
            print(f"\n{paint('dim', title + ':')} {', '.join(names)}")
    if found.off:
        print(f"\n{paint('dim', 'Off:')}")
    for name, reason in found.off:
        print(f"  {name}  {safe(reason)}")
    for doubt in found.undetermined:
        print(f"{paint('dim', 'Undetermined:')} {doubt.rule}: {safe(doubt.reason)}")


def _word(word: str) -> int:
    from medlint.config import find, load
    from medlint.report.terminal import safe
    from medlint.trace import RULE, trace

    for statement in trace(word, load(find(Path())).config.words):
        print(safe(statement))
    print(RULE)
    return 0
