"""What shells offer for the arguments of commands."""

from __future__ import annotations


def rules(incomplete: str) -> list[str]:
    """The rules and categories that begin with ``incomplete``."""
    from medlint.catalog import builtin

    names = {name for rule in builtin() for name in (rule.name, rule.category)}
    return sorted(name for name in names if name.startswith(incomplete))


def formats(incomplete: str) -> list[str]:
    """The report formats that begin with ``incomplete``."""
    from medlint.report import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]
