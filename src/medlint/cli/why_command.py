"""``medlint why``: which rules looked at a line, which fired, and what silenced the others."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer


def command(place: Annotated[str, typer.Argument(help="FILE:LINE, as in article.html:41.")]) -> int:
    from medlint import catalog
    from medlint.config import available, find, load
    from medlint.files import read_bytes
    from medlint.finding import State
    from medlint.pipeline import check_source
    from medlint.readers import read
    from medlint.report.terminal import Paint, coloured, safe
    from medlint.source import Source

    name, _, number = place.rpartition(":")
    if not name or not number.isdigit():
        raise typer.BadParameter(f"{place!r} is not FILE:LINE", param_hint="PLACE")
    path, line = Path(name), int(number)
    loaded = load(find(path.parent))
    settings = loaded.settings(date.today(), path.as_posix())
    source = Source.decode(read_bytes(path, loaded.config.max_bytes), path.as_posix())
    paint = Paint(coloured(sys.stdout))
    blocks = [
        block
        for block in read(source).blocks
        if block.segments
        and source.position(block.span().start).line <= line <= source.position(max(block.span().end - 1, 0)).line
    ]
    for block in blocks:
        hidden = ", hidden" if block.hidden else ""
        print(f"{paint(str(block.zone), str(block.zone))} {block.kind}{hidden} ({block.why}): {safe(block.text[:100])}")
    if not blocks:
        print("No prose on this line: markup, code or front matter.")
    zones = {block.zone for block in blocks if not block.hidden}
    report = check_source(source, settings)
    here = [
        finding
        for finding in report.findings
        if source.position(finding.span.start).line
        <= line
        <= source.position(max(finding.span.end - 1, finding.span.start)).line
    ]
    fired = {finding.rule for finding in here}
    print()
    for finding in here:
        state = "fired" if finding.state is State.OPEN else f"{finding.state}: {finding.reason or 'in the baseline'}"
        print(f"{paint(str(finding.severity), finding.rule)}  {state}  {safe(finding.message)}")
    running = {rule.name: rule for rule in settings.rules.rules if rule.check != catalog.ENGINE}
    quiet = [
        rule.name for rule in running.values() if rule.name not in fired and (not rule.zones or zones & set(rule.zones))
    ]
    apart = [rule.name for rule in running.values() if rule.zones and not zones & set(rule.zones)]
    off = [
        rule.name
        for rule in available(loaded.config, loaded.named(""))
        if rule.name not in running and rule.check != catalog.ENGINE
    ]
    for title, names in (
        ("Looked and found nothing", quiet),
        ("Do not look at this part of a page", apart),
        (f"Off ({', '.join(loaded.files) or 'by default'})", off),
    ):
        if names:
            print(f"\n{paint('dim', title + ':')} {', '.join(names)}")
    for doubt in report.undetermined:
        print(f"{paint('dim', 'Undetermined:')} {doubt.rule}: {safe(doubt.reason)}")
    return 0
