"""``medlint test``: run the examples in rule files."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import Annotated

import typer


def command(
    rules: Annotated[
        list[str], typer.Argument(help="Rules, categories, or folders of house rules. Default: all built-in rules.")
    ] = [],  # noqa: B006
) -> int:
    from medlint import catalog, examples
    from medlint.report.terminal import Paint, coloured, safe

    folders = [Path(name) for name in rules if Path(name).is_dir()]
    names = [name for name in rules if not Path(name).is_dir()]
    chosen = [rule for folder in folders for rule in catalog.from_folder(folder)]
    if names or not folders:
        chosen += catalog.select(catalog.builtin(), select=names, preview=True).rules
    paint = Paint(coloured(sys.stdout))
    held = failed = 0
    for rule in chosen:
        for problem in catalog.problems(rule):
            failed += 1
            print(f"{paint('error', rule.name)}: {safe(problem)}")
    for result in examples.run(chosen):
        if result is None:
            held += 1
            continue
        failed += 1
        print(f"{paint('error', result.rule)} {result.kind} example, as {result.format}: {safe(result.problem)}")
        print(textwrap.indent(safe(result.text.strip())[:300], "    "))
    print(f"{held} examples hold, {failed} do not, in {len(chosen)} rules.")
    return int(failed > 0)
