"""``medlint try``: one rule on a phrase."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from medlint.cli import completion

EPILOG = "Example: medlint try vague-research-claim 'Studies show that walking helps.'"


def command(
    rule: Annotated[str, typer.Argument(help="The rule's name.", autocompletion=completion.rules)],
    text: Annotated[str, typer.Argument(help="A phrase or article, Markdown or HTML.")],
    region: Annotated[str, typer.Option("--region", help="The readers' country.")] = "",
) -> int:
    from medlint import engine
    from medlint.catalog import select
    from medlint.config import rules_at
    from medlint.facts import Facts
    from medlint.profile import Profile
    from medlint.readers import format_of, read
    from medlint.report import CHECKED, FileReport, Report
    from medlint.report.text import write
    from medlint.source import Source

    rules = select(rules_at(Path()), select=[rule], preview=True)
    source = Source(text, f"phrase.{'html' if format_of('', text) == 'html' else 'md'}")
    document = read(source)
    document.language = document.language or "en"
    outcome = engine.run(Facts(document, Profile(region=region, health=True), date.today()), rules)
    file = FileReport(
        source.name,
        source.excerpt(f.span for f in outcome.findings),
        CHECKED,
        outcome.findings,
        outcome.undetermined,
        failed=bool(outcome.crashed),
    )
    write(Report((file,), today=date.today().isoformat(), ruleset=rules.digest), sys.stdout)
    for doubt in outcome.undetermined:
        print(f"Undetermined: {doubt.reason}")
    return int(bool(outcome.findings))
