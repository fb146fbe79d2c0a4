"""``medlint explain``: what a rule looks for, why, on whose authority."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import Annotated

import typer

from medlint.cli import completion

EPILOG = "'medlint rules' lists the names."


def command(rule: Annotated[str, typer.Argument(help="The rule's name.", autocompletion=completion.rules)]) -> int:
    from medlint.catalog import example, select
    from medlint.config import rules_at
    from medlint.report.terminal import Paint, coloured, columns

    found = next(
        r
        for r in select(rules_at(Path()), select=[rule], preview=True).rules
        if rule in (r.name, *r.aliases, r.category)
    )
    paint = Paint(coloured(sys.stdout))
    wide = columns()

    def say(title: str, words: str) -> None:
        print(f"\n{paint('bold', title)}")
        print(textwrap.fill(words, wide, initial_indent="  ", subsequent_indent="  "))

    print(
        f"{paint('bold', found.name)}  {paint(str(found.severity), str(found.severity))}, {found.confidence} confidence, {found.category}"
    )
    print(textwrap.fill(found.summary, wide))
    say("What to do", found.advice)
    say("Why", found.why)
    print(f"\n{paint('bold', 'Rests on')}")
    for source in found.sources:
        print(f"  {source.title}. {source.publisher}, read {source.accessed}.")
        if source.url:
            print(f"    {paint.link(source.url, source.url)}")
    for title, style, examples in (("Found", "error", found.examples.bad), ("Left alone", "good", found.examples.good)):
        if examples:
            print(f"\n{paint('bold', title)}")
        for item in examples:
            text = example(item).text.strip()
            lines = text.splitlines()
            shown = lines[0] if len(lines) == 1 else f"{lines[0]} … ({len(lines)} lines)"
            print(textwrap.fill(shown, wide, initial_indent=f"  {paint(style, '-')} ", subsequent_indent="    "))
    if found.options:
        print(f"\n{paint('bold', 'Options')} (in [rules.{found.name}])")
        for name, value in found.options.items():
            text = str(value)
            print(f"  {name} = {text if len(text) < wide - 8 else text[: wide - 12] + ' …'}")
    return 0
