"""Mutation testing of what decides on people's safety: is there a test for each decision in the code?

    python tools/mutate.py disclaimer|crisis|medication [--most N] [--seed S]

One small change at a time is made to the modules of a category (a comparison turned, ``and`` for ``or``, a condition
negated, a number one more, a result withheld), in a process of its own and never on disk. A change is killed if an
example of the category's rules or a test of its facts fails, or nothing returns. What survives is printed with its
place, to be read: a missing example, code that is not needed, or a change that makes no difference.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib
import os
import random
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

SECONDS = 60
MODULES = {
    "disclaimer": ("facts.disclaimer", "checks.disclaimer"),
    "crisis": ("facts.crisis", "facts.helplines", "facts.distress", "facts.directory", "checks.crisis_line"),
    "medication": ("facts.medicines", "facts.directives", "facts.moods", "facts.excuses", "facts.surroundings",
                   "facts.passages", "checks.medication_directive", "checks.medication_safety"),
}  # fmt: skip
TESTS = {
    "disclaimer": ("tests/facts/test_disclaimer.py",),
    "crisis": ("tests/facts/test_crisis.py",),
    "medication": ("tests/facts/test_medicines.py",),
}
TURNED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
          ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is}  # fmt: skip


class Mutant(NamedTuple):
    """One change: to which module, the number of the place in it, its line, and what is changed."""

    module: str
    number: int
    line: int
    words: str


class Mutator(ast.NodeTransformer):
    """Makes the change with the given number, or none and lists all."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted = wanted
        self.places: list[tuple[int, str]] = []

    def _mutate(self, node: ast.expr, words: str) -> bool:
        self.places.append((node.lineno, words))
        return len(self.places) - 1 == self.wanted

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        turned = TURNED[type(node.ops[0])]
        if self._mutate(node, f"{type(node.ops[0]).__name__} -> {turned.__name__}"):
            node.ops[0] = turned()
        return self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        if self._mutate(node, "and <-> or"):
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        if isinstance(node.op, ast.Not) and self._mutate(node, "not dropped"):
            return self.generic_visit(node.operand)
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST:
        if self._mutate(node.test, "condition negated"):
            node.test = ast.copy_location(ast.UnaryOp(ast.Not(), node.test), node.test)
            return node
        return self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> ast.AST:
        if node.value is not None and self._mutate(node.value, "result withheld"):
            node.value = ast.copy_location(ast.Constant(None), node.value)
            return node
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if type(node.value) is bool and self._mutate(node, "truth turned"):
            return ast.copy_location(ast.Constant(not node.value), node)
        if type(node.value) is int and self._mutate(node, f"{node.value} -> {node.value + 1}"):
            return ast.copy_location(ast.Constant(node.value + 1), node)
        return node


def mutants(name: str) -> Iterator[Mutant]:
    """Every change that can be made to the module ``name``."""
    lister = Mutator()
    lister.visit(ast.parse(source(name)))
    for number, (line, words) in enumerate(lister.places):
        yield Mutant(name, number, line, words)


def source(name: str) -> str:
    """The text of the module ``name`` of medlint."""
    return Path(str(module(name).__file__)).read_text("utf-8")


def module(name: str) -> ModuleType:
    """The module ``name`` of medlint."""
    return importlib.import_module(f"medlint.{name}")


def survives(mutant: Mutant, category: str) -> bool:
    """Whether no test sees ``mutant``."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    signal.alarm(SECONDS)
    with contextlib.suppress(BaseException):
        tree = Mutator(mutant.number).visit(ast.parse(source(mutant.module)))
        changed = module(mutant.module)
        before = dict(vars(changed))
        exec(compile(ast.fix_missing_locations(tree), str(changed.__file__), "exec"), changed.__dict__)
        rebind({id(old): vars(changed)[name] for name, old in before.items() if vars(changed)[name] is not old})
        if passes(category):
            os._exit(0)
    os._exit(1)


def rebind(new: dict[int, object]) -> None:
    """Give every module of medlint that imported a changed object the new one, by the identity of the old."""
    for name, other in list(sys.modules.items()):
        if name.partition(".")[0] == "medlint":
            for attribute, value in list(vars(other).items()):
                if id(value) in new:
                    setattr(other, attribute, new[id(value)])


def passes(category: str) -> bool:
    """Whether the examples of the category's rules hold and the tests of its facts pass."""
    import pytest

    from medlint import catalog, examples

    if any(examples.run(rule for rule in catalog.builtin() if rule.category == category)):
        return False
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    return (
        pytest.main(["-q", "-x", "-p", "no:xdist", "-p", "no:cacheprovider", "-o", "addopts=", *TESTS[category]]) == 0
    )


def main() -> None:
    """Make the changes and say which survive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("category", choices=MODULES)
    parser.add_argument("--most", type=int, default=10_000, help="a sample of so many")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not passes_untouched(options.category):
        sys.exit("The tests fail before anything is changed.")
    every = [mutant for name in MODULES[options.category] for mutant in mutants(name)]
    chosen = random.Random(options.seed).sample(every, min(options.most, len(every)))
    survivors = []
    for mutant in sorted(chosen):
        if survives(mutant, options.category):
            survivors.append(mutant)
            print(f"{mutant.module}:{mutant.line}: {mutant.words}", flush=True)
    print(f"{len(every)} changes, {len(chosen)} tried, {len(chosen) - len(survivors)} killed, {len(survivors)} survive")


def passes_untouched(category: str) -> bool:
    """Whether the tests pass on the code as it is."""
    child = os.fork()
    if not child:
        os._exit(0 if passes(category) else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


if __name__ == "__main__":
    main()
