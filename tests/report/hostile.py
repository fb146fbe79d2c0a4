"""A report full of text that wants to be something else."""

from __future__ import annotations

from datetime import date

from medlint.catalog import RuleSet
from medlint.pipeline import Settings, check_source
from medlint.profile import Profile
from medlint.report import FileReport, Report
from medlint.source import Source
from tests.rules import pattern_rule

PAYLOADS = (
    "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x9b2J\x07\x08\x7f",
    "::error file=x::owned",
    "##[add-mask]secret ##[set-output name=x]y",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "![](https://evil.example/track.png) [click](javascript:alert(1)) @everyone #123",
    "`code` ``` fence | pipe",
    "\u202egnirts desrever\u202c \u2066x\u2069 \u200b\u2028\u2029",
    "=cmd|' /C calc'!A0",
    "]]> <![CDATA[ &amp; &#0; \ufffe \x0b \x00",
    "{rule} {0} {{x}} %s %n [bold]markup[/bold]",
    "\ud83d lone \udcff surrogates",
)
NAMES = (
    "a\nb.md", "a\x1b[31m.md", "-rf.md", "[bold].md", "a b#c%d?e.md", "x:y,z.md", "\u202etxt.md", "caf\u00e9.md", "\udcff\udcfe.md",
    "a|b`c.md", "<img src=x>.md", "::error::.md",
)  # fmt: skip
RULES = RuleSet(
    [
        pattern_rule("odd-word", r"zyzzyva [^\n]*", within="block"),
        pattern_rule("odd-beetle", "beetle", replace={"beetle": "bug"}),
    ]
)


def report() -> Report:
    """Every payload as matched text, in files of every name."""
    files: list[FileReport] = []
    for number, name in enumerate(NAMES):
        payload = PAYLOADS[number % len(PAYLOADS)]
        text = f"# T\n\nBefore {payload} zyzzyva {payload} after.\n\nA beetle {payload}.\n"
        files.append(check_source(Source(text, name), Settings(RULES, Profile(health=True), date(2026, 11, 23))))
    return Report(files, today="2026-11-23", ruleset="sha256:0", rules={rule.name: rule for rule in RULES.rules})
