"""What medlint does, as one would write it first: the yardstick of ``bench/peers.py``, and a reminder of what is saved.

    python bench/naive.py FILE...

Beautiful Soup (markdown-it-py for Markdown), textstat, and one ``re`` for each rule and table, tried on the whole text.
The patterns and tables are medlint's own, so both look for the same things; what this one finds is cruder.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import textstat
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from medlint import bundle
from medlint.lexicon import syllables

TABLES = ("medicines", "confusables", "plain-words", "common-misspellings", "medical-terms", "organisations", "crisis-lines",
          "placeholders", "topics", "credentials")  # fmt: skip


PATTERNS = ("match", "softer", "stopping", "told", "said", "openers", "always", "nouns")
"""The options of rules that hold patterns of what is to be found."""


class Syllables(dict[str, list[list[str]]]):
    """In place of the dictionary that textstat would fetch from the network."""

    def __missing__(self, word: str) -> list[list[str]]:
        return [["0"] * syllables.count(word)]


def strings(value: Any) -> Iterator[str]:
    """Every string in plain data, keys of mappings included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def patterns() -> dict[str, re.Pattern[str]]:
    """One pattern for each rule that has any, and one for each table."""
    found: dict[str, re.Pattern[str]] = {}
    everything = bundle.load()
    for packed in everything.rules.values():
        rule = bundle.plain(packed)
        options = rule.get("options", {})
        parts = [part for key in PATTERNS for part in strings(options.get(key, [])) if compiles(part)]
        if parts:
            found[rule["name"]] = re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)
    for name in TABLES:
        words = {
            word for word in strings(bundle.plain(everything.data[name])) if 3 < len(word) < 60 and word.isprintable()
        }
        alternatives = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        found[name] = re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)
    return found


def compiles(pattern: str) -> bool:
    """Whether ``pattern`` is one, without named groups, which could be there twice."""
    try:
        return not re.compile(pattern).groupindex and re.match(pattern, "") is None
    except re.error:
        return False


def check(path: Path, rules: dict[str, re.Pattern[str]]) -> dict[str, Any]:
    """What is found in one file."""
    text = path.read_text("utf-8")
    if path.suffix == ".md":
        text = MarkdownIt("commonmark").enable("table").render(re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL))
    soup = BeautifulSoup(text, "html.parser")
    for element in soup(["script", "style"]):
        element.decompose()
    plain = soup.get_text(" ")
    findings = [
        {"rule": name, "offset": match.start(), "line": plain.count("\n", 0, match.start()) + 1, "text": match[0]}
        for name, rule in rules.items()
        for match in rule.finditer(plain)
    ]
    grades = {"flesch_kincaid": textstat.flesch_kincaid_grade(plain), "smog": textstat.smog_index(plain)}
    links = [link["href"] for link in soup.find_all("a", href=True)]
    return {"path": str(path), "findings": findings, "readability": grades, "links": len(links)}


def main(paths: list[str]) -> None:
    """Check ``paths`` and print what is found as JSON."""
    counting: Any = import_module("textstat.backend.counts._count_syllables")
    table = Syllables()
    counting.get_cmudict = lambda lang: table  # noqa: ARG005
    rules = patterns()
    json.dump({"rules": len(rules), "files": [check(Path(path), rules) for path in paths]}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
