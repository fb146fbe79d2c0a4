#!/usr/bin/env python3
"""Write the reference pages of the documentation from the rules, the configuration and the command line.

usage: reference.py [--check]     (--check: write nothing, exit 1 if a page is out of date)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
import typer

from medlint import catalog, config, schema
from medlint.cli import COMMANDS, build
from medlint.rule import Rule

DOCS = Path(__file__).parents[1] / "docs"
NOTE = "<!-- Written by tools/reference.py; change the rule, setting or command instead. -->\n"


def pages() -> Mapping[str, str]:
    """Every generated page by its path below ``docs``."""
    return {
        "reference/rules.md": rules_page(),
        "reference/configuration.md": configuration_page(),
        "reference/commands.md": commands_page(),
        "medlint.schema.json": json.dumps(schema.schema(), indent=2, ensure_ascii=False) + "\n",
    }


def rules_page() -> str:
    """All rules, by category, each under its name."""
    rules = catalog.select(catalog.builtin(), preview=True).rules
    lines = [NOTE, "# Rules\n", f"{len(rules)} rules. `medlint explain RULE` prints one in the terminal.\n"]
    lines += ["| Rule | Severity | What it finds |", "| --- | --- | --- |"]
    lines += [f"| [{rule.name}](#{rule.name}) | {rule.severity} | {rule.summary} |" for rule in rules]
    for category, members in groupby(rules, key=lambda rule: rule.category):
        lines.append(f"\n## {category.replace('-', ' ').capitalize()}\n")
        for rule in members:
            lines += _rule(rule)
    return "\n".join(lines) + "\n"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.name} {{ #{rule.name} }}\n"
    status = "" if rule.status == "stable" else f", {rule.status}"
    yield f"{rule.summary} *{str(rule.severity).capitalize()}, {rule.confidence} confidence{status}.*\n"
    yield f"**What to do.** {rule.advice}\n"
    yield f"**Why.** {rule.why}\n"
    yield "**Rests on**\n"
    for source in rule.sources:
        title = f"[{source.title}]({source.url})" if source.url else source.title
        yield f"- {title}, {source.publisher}, read {source.accessed}"
    for title, examples in (("Found", rule.examples.bad), ("Left alone", rule.examples.good)):
        short = [
            item.text
            for item in map(catalog.example, examples)
            if "\n" not in item.text.strip() and "<" not in item.text
        ]
        if short:
            yield f"\n**{title}**\n"
            yield from (f"- {text.strip()}" for text in short[:4])
    if rule.options and rule.check != "pattern":
        yield "\n**Options** with their defaults\n"
        yield "```toml"
        yield f"[rules.{rule.name}]"
        yield from (f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in rule.options.items())
        yield "```"
    yield ""


def configuration_page() -> str:
    """Every setting with its type and default."""
    lines = [NOTE, "# Settings\n", "The nearest `medlint.toml`, or `[tool.medlint]` in `pyproject.toml`, upward from the article. "
             "`medlint config PATH` prints the values in force and where each came from.\n"]  # fmt: skip
    for title, shape in (
        ("", config.Config),
        ("profile", config.ProfileSection),
        ("links", config.LinksSection),
        ("snippets", config.Snippets),
        ("[override]", config.Override),
    ):
        lines.append(f"## {f'[{title}]' if title else 'At the top'}\n")
        lines += [_paragraph(shape.__doc__ or ""), "", "| Setting | Default | Means |", "| --- | --- | --- |"]
        kind: Any = msgspec.inspect.type_info(shape)
        lines += [_setting(field) for field in kind.fields if not isinstance(field.type, msgspec.inspect.StructType)]
        lines.append("")
    lines.append("The [JSON Schema](../medlint.schema.json) describes the file for editors.\n")
    return "\n".join(lines)


def _setting(field: msgspec.inspect.Field) -> str:
    """A row of the table of settings."""
    default = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
    shown = "required" if field.required else f"`{json.dumps(msgspec.to_builtins(default))}`"
    kind, means = field.type, ""
    if isinstance(kind, msgspec.inspect.Metadata):
        means = (kind.extra_json_schema or {}).get("description", "")
        kind = kind.type
    if isinstance(kind, msgspec.inspect.LiteralType):
        means += f" One of {', '.join(f'`{value}`' for value in kind.values if value)}."
    return f"| `{field.encode_name}` | {shown} | {means} |"


def commands_page() -> str:
    """Every command with its arguments and options."""
    lines = [NOTE, "# Commands\n"]
    group: Any = typer.main.get_command(build())
    for name in COMMANDS:
        command = group.commands[name]
        lines += [f"## medlint {name}\n", f"{COMMANDS[name]}\n"]
        for part in (command.epilog or "").split("\n\n"):
            lines.append(f"```\n{part[2:]}\n```\n" if part.startswith("\b") else f"{part}\n" if part else "")
        lines += ["| | |", "| --- | --- |"]
        for parameter in command.params:
            names = (
                parameter.human_readable_name
                if parameter.param_type_name == "argument"
                else ", ".join([*parameter.opts, *parameter.secondary_opts])
            )
            lines.append(f"| `{names}` | {getattr(parameter, 'help', '') or ''} |")
        lines.append("")
    return "\n".join(lines)


def _paragraph(text: str) -> str:
    return " ".join(text.replace("``", "`").split())


def main() -> int:
    """Write the pages, or say which are out of date."""
    stale = []
    for name, text in pages().items():
        path = DOCS / name
        if not path.exists() or path.read_text("utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
    if "--check" in sys.argv and stale:
        print(f"out of date: {', '.join(stale)}; run tools/reference.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
