"""How medlint's time grows: with the length of an article, with the number of rules, and on pages meant to be costly.

    python bench/scaling.py [--picture FOLDER] [--most 10000000] [--rounds 3]

In one process, start-up left out, processor time, the least of the rounds. The articles are those of
``bench/pages.py``. Growth in proportion to length is ten times the time for ten times the text.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parent))

import pages
import picture
from measure import machine
from msgspec.structs import replace

from medlint import catalog
from medlint.config import Config
from medlint.pipeline import Settings, check_source
from medlint.source import Source

TODAY = date(2026, 11, 23)


def article(kind: str, size: int) -> str:
    """An article of about ``size`` characters, Markdown or HTML."""
    chance = random.Random(size)
    parts = pages.article(chance, size)
    return pages.as_markdown(parts, chance) if kind == "md" else pages.as_html(parts, chance, size)


def hostile(size: int) -> Iterator[tuple[str, str, str]]:
    """(name, file name, text) of pages that are costly by their form, about ``size`` characters each."""
    words = "You can stop taking sertraline once the symptoms are gone and call 988 for help. "
    yield "nested tags", "a.html", "<div>" * (size // 11) + words + "</div>" * (size // 11)
    yield "nested emphasis", "a.html", "<b><i>" * (size // 14) + words + "</i></b>" * (size // 14)
    yield "one line", "a.md", words * (size // len(words))
    yield "one word", "a.md", "a" * size
    yield (
        "links",
        "a.html",
        "".join(f'<p><a href="https://example.org/{n}">source {n}</a></p>\n' for n in range(size // 55)),
    )
    yield "links, Markdown", "a.md", "".join(f"- [source {n}](https://example.org/{n})\n" for n in range(size // 45))
    yield "headings", "a.md", "".join(f"# What helps {n}\n\nRest.\n\n" for n in range(size // 26))
    yield "quotes", "a.md", ">" * (size // 4) + " " + words
    yield "brackets", "a.md", "[" * (size // 2) + "]" * (size // 2)
    yield "entities", "a.html", "<p>" + "&amp;&eacute;&#8217;" * (size // 20) + "</p>"
    yield "table cells", "a.html", "<table>" + "<tr><td>5 mg</td><td>daily</td></tr>" * (size // 36) + "</table>"
    yield "unclosed tags", "a.html", "<p><b>" * (size // 6)
    yield "phone numbers", "a.md", "Call 0800 123 4567 or 1-800-273-8255. " * (size // 38)
    yield "doses", "a.md", "Take 5 mg of warfarin twice a day, then stop. " * (size // 46)


def cost(name: str, text: str, settings: Settings, count: int, of: Callable[[Iterator[float]], float] = min) -> float:
    """Seconds of processor time to check ``text``, the least (or the sum) of ``count`` times."""

    def once() -> float:
        source = Source(text, name)
        started = time.process_time()
        check_source(source, settings)
        return time.process_time() - started

    return of(once() for _ in range(count))


def with_rules(number: int) -> Settings:
    """The built-in rules and ``number`` pattern rules more, each of a phrase that is on no page."""
    chance = random.Random(number)
    model = next(rule for rule in catalog.builtin() if rule.check == "pattern")
    letters = "bcdfghjklmnpqrstvwxz"
    rules = []
    for index in range(number):
        word = "".join(chance.choice(letters) + chance.choice("aeiou") for _ in range(4))
        options = {"match": [rf"\b(?:{word}s?|{word}ing) (?:of|with) (?:the|a) \w+\b"]}
        rules.append(msgspec.structs.replace(model, name=f"house-{index}", options=options, variants={}))
    return replace(Config().settings(TODAY, "a.md"), rules=catalog.RuleSet((*catalog.builtin(), *rules)))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--picture", type=Path, help="write the curves as SVG into this folder")
    parser.add_argument("--most", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    gc.set_threshold(500_000)  # as the command line does
    print(machine(), f"Python {sys.version.split()[0]}\n")
    settings = Config().settings(TODAY, "a.md")
    cost("a.md", article("md", 20_000), settings, 3)
    cost("a.html", article("html", 20_000), settings, 3)
    curves: dict[str, list[tuple[float, float]]] = {}
    print("| characters | Markdown ms | ns a character | HTML ms | ns a character |\n|---|---|---|---|---|")
    size = 1000
    while size <= options.most:
        row = [f"{size:,}"]
        for kind, title in (("md", "Markdown"), ("html", "HTML")):
            text = article(kind, size)[:size] if kind == "md" else article(kind, size)
            seconds = cost(f"a.{kind}", text, settings, options.rounds if size < 1_000_000 else 1)
            curves.setdefault(title, []).append((len(text), seconds * 1000))
            row += [f"{seconds * 1000:.1f}", f"{seconds * 1e9 / len(text):.0f}"]
        print(f"| {' | '.join(row)} |", flush=True)
        size *= 10
    print("\n| page | 100,000 characters, ms | 1,000,000, ms | times |\n|---|---|---|---|")
    for (name, file, small), (_, _, large) in zip(hostile(100_000), hostile(1_000_000), strict=True):
        one, ten = cost(file, small, settings, options.rounds), cost(file, large, settings, 1)
        print(f"| {name} | {one * 1000:.0f} | {ten * 1000:.0f} | {ten / one:.1f} |", flush=True)
    print("\n| pattern rules more | ms for an article of 10,000 characters |\n|---|---|")
    text = article("md", 10_000)
    by_rules: list[tuple[float, float]] = []
    sets = {number: with_rules(number) for number in (1, 10, 100, 300, 1000)}
    # By turns, and ten at a time: what is compared differs by less than the clock and the machine do.
    runs = [{number: cost("a.md", text, sets[number], 10, sum) for number in sets} for _ in range(options.rounds + 1)]
    for number in sets:
        seconds = min(run[number] for run in runs[1:]) / 10
        by_rules.append((number, seconds * 1000))
        print(f"| {number:,} | {seconds * 1000:.1f} |", flush=True)
    print(f"\n{machine()}")
    if options.picture:
        (options.picture / "scaling-size.svg").write_text(
            picture.curves("Time to check one article", "characters", "ms", curves), "utf-8"
        )
        (options.picture / "scaling-rules.svg").write_text(
            picture.curves(
                "Time to check one article of 10,000 characters",
                "pattern rules besides the built-in ones",
                "ms",
                {"Markdown": by_rules},
            ),
            "utf-8",
        )


if __name__ == "__main__":
    main()
