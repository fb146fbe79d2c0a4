"""Checks: algorithms that judge facts. One module each; a rule names one as ``check`` and configures it.

A check module has ``Options``, a frozen msgspec Struct with the rule's options, and
``run(facts, rule, options) -> Iterable[Hit | Undetermined]``. Checks see no files, configuration or terminals. The
built-in ones are the modules of this package; installed packages add theirs as entry points ``medlint.checks``.
"""

import importlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import msgspec

from medlint.errors import RuleError, without_paths
from medlint.facts import Facts
from medlint.finding import Hit, Undetermined
from medlint.rule import Rule


class Check(Protocol):
    """An algorithm that rules can name."""

    @property
    def Options(self) -> type[Any]:
        """The frozen msgspec Struct that a rule's ``options`` must fit."""

    def run(self, facts: Facts, rule: Rule, options: Any) -> Iterable[Hit | Undetermined]:
        """Yield every place where the rule applies."""


@cache
def load(name: str) -> Check:
    """The check called ``name`` (kebab-case). Raises RuleError with the nearest names if there is none."""
    module = f"{__name__}.{name.replace('-', '_')}"
    if name in builtin():
        return importlib.import_module(module)
    from importlib.metadata import entry_points

    for point in entry_points(group="medlint.checks"):
        if point.name == name:
            try:
                return _Foreign(point.load())
            except (Exception, SystemExit) as error:
                problem = without_paths(f"the check {name!r} cannot be loaded ({type(error).__name__}: {error})")
                remedy = f"Update or remove the package that has {point.value}."
                raise RuleError(name, problem, remedy=remedy) from None
    from difflib import get_close_matches

    near = get_close_matches(name, builtin(), n=1)
    remedy = f"Did you mean {near[0]!r}?" if near else f"Known checks: {', '.join(builtin())}."
    raise RuleError(name, f"there is no check called {name!r}", remedy=remedy)


class _Foreign:
    """A check of another package. What it yields is packed and unpacked, so that junk is refused where it arises."""

    def __init__(self, check: Any) -> None:
        self.Options: type[Any] = check.Options
        self._run = check.run

    def run(self, facts: Facts, rule: Rule, options: Any) -> Iterable[Hit | Undetermined]:
        for result in self._run(facts, rule, options):
            shape: type[Any] = Undetermined if isinstance(result, Undetermined) else Hit
            yield msgspec.msgpack.decode(msgspec.msgpack.encode(result), type=shape)


@cache
def builtin() -> tuple[str, ...]:
    """The names of the built-in checks."""
    modules = Path(__file__).parent.glob("[!_]*.py")  # pkgutil knows too, and takes as long as twenty rules to load
    return tuple(sorted(module.stem.replace("_", "-") for module in modules))
