"""What medlint says of a folder of pages: findings a page by rule, and typo flags for each thousand words.

    python bench/accuracy.py [FOLDER ...]     (default: the project's examples)

Every finding counts, right or wrong: whoever runs this on pages that are known to be good reads false alarms off it.
Rule examples are counted too, since they are the part of the evidence that the repository holds.
"""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import date
from pathlib import Path

from medlint import catalog, examples
from medlint.config import Config
from medlint.document import Zone
from medlint.pipeline import check_source
from medlint.readers import read
from medlint.source import Source

PROSE = (Zone.TITLE, Zone.BODY, Zone.CALLOUT, Zone.DISCLAIMER)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[Path(__file__).parents[1] / "examples"])
    arguments = parser.parse_args()
    settings = Config().settings(date(2026, 11, 23))
    pages = sorted(p for folder in arguments.folders for p in folder.rglob("*") if p.suffix in (".html", ".md"))
    words = 0
    found: Counter[tuple[str, str]] = Counter()
    on: Counter[tuple[str, str]] = Counter()
    for page in pages:
        source = Source.decode(page.read_bytes(), page.name)
        words += sum(len(block.words) for block in read(source).prose(PROSE))
        report = check_source(source, settings)
        found.update((str(finding.severity), finding.rule) for finding in report.findings)
        on.update({(str(finding.severity), finding.rule) for finding in report.findings})
    print(f"{len(pages)} pages, {words:,} words of prose, {len(settings.rules.rules)} rules\n")
    print("| severity | rule | findings | pages | findings a page |\n| --- | --- | --- | --- | --- |")
    for (severity, rule), count in sorted(found.items(), key=lambda item: (_RANK[item[0][0]], -item[1])):
        print(f"| {severity} | {rule} | {count} | {on[severity, rule]} | {count / len(pages):.2f} |")
    categories = {rule.name: rule.category for rule in settings.rules.rules}
    print("\n| typos | flags | for each 1,000 words |\n| --- | --- | --- |")
    for (severity, rule), count in sorted(found.items()):
        if categories.get(rule) == "typos":
            print(f"| {rule} ({severity}) | {count} | {count / words * 1000:.2f} |")
    held = Counter(result is None for result in examples.run(catalog.builtin()))
    print(f"\nRule examples, each as HTML and as Markdown: {held[True]} hold, {held[False]} do not.")


_RANK = {"error": 0, "warning": 1, "info": 2}

if __name__ == "__main__":
    main()
