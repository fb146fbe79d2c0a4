"""Mutation testing of what decides on people's safety: is there a test for each decision in the code?

    python tools/mutate.py disclaimer|crisis|medication [--most N] [--seed S] [--module NAME]

One small change at a time is made to a module of a category: a comparison turned, ``and`` for ``or``, a condition
negated or dropped, ``any`` for ``all``, a number one more, a result or a find withheld, a statement left out. The
changed code is never on disk: each change has a process of its own, which imports medlint afresh and finds one of its
modules changed. A change is killed if an example of the category's rules or a test fails, or nothing returns in time.
What survives is printed with its place, to be read: an example is missing, code is not needed, or the change makes no
difference.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import functools
import importlib.abc
import importlib.util
import itertools
import os
import random
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

SOURCE = Path(__file__).resolve().parents[1] / "src"
SECONDS = 60
MODULES = {
    "disclaimer": ("facts.disclaimer", "checks.disclaimer"),
    "crisis": (
        "facts.crisis", "facts.helplines", "facts.distress", "facts.directory", "checks.crisis_line",
        "checks.crisis_number",
    ),
    "medication": (
        "facts.directives", "facts.moods", "facts.excuses", "facts.passages", "facts.surroundings", "facts.medicines",
        "facts.doses", "facts.hazards", "facts.medication_words", "checks.abrupt_cessation", "checks.age_limits",
        "checks.discourages_care", "checks.doses", "checks.interactions", "checks.medication_directive",
        "checks.medication_safety", "checks.pregnancy_warning", "checks.techniques", "checks.unsafe_access",
    ),
}  # fmt: skip
TESTS = {
    "disclaimer": ("tests/facts/test_disclaimer.py", "tests/checks/test_disclaimers_and_helplines.py"),
    "crisis": ("tests/facts/test_crisis.py", "tests/checks/test_disclaimers_and_helplines.py"),
    "medication": ("tests/facts/test_medicines.py", "tests/checks/test_medication.py"),
}
RULES = {"disclaimer": ("disclaimer",), "crisis": ("crisis",), "medication": ("medication", "dosing")}
TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
SIGNS: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add}
RENAMED = {"any": "all", "all": "any", "min": "max", "max": "min"}


class Mutant(NamedTuple):
    """One change: to which module, the number of the place in it, its line, and what is changed."""

    module: str
    number: int
    line: int
    words: str


class Mutator(ast.NodeTransformer):
    """Makes the change with the number ``wanted``, or none and lists all as ``places``: their lines and words."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted = wanted
        self.places: list[tuple[int, str]] = []

    def _now(self, node: ast.AST, words: str) -> bool:
        self.places.append((getattr(node, "lineno", 0), words))
        return len(self.places) - 1 == self.wanted

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        for index, op in enumerate(node.ops):
            turned = TURNED[type(op)]
            if self._now(node, f"{type(op).__name__} -> {turned.__name__} in {ast.unparse(node)[:70]}"):
                node.ops[index] = turned()
        return self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        if type(node.op) in SIGNS and self._now(node, f"{type(node.op).__name__} turned in {ast.unparse(node)[:70]}"):
            node.op = SIGNS[type(node.op)]()
        return self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        for index, value in enumerate(node.values):
            if self._now(value, f"dropped {ast.unparse(value)[:60]} of {ast.unparse(node)[:70]}"):
                values = node.values[:index] + node.values[index + 1 :]
                return values[0] if len(values) == 1 else ast.copy_location(ast.BoolOp(node.op, values), node)
        return self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        if isinstance(node.op, ast.Not) and self._now(node, f"not dropped from {ast.unparse(node)[:70]}"):
            return node.operand
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return node
        for value in (True, False):
            if self._now(node.test, f"{ast.unparse(node.test)[:80]} is always {value}"):
                node.test = ast.copy_location(ast.Constant(value), node.test)
                return node
        return self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        for value in (True, False):
            if self._now(node.test, f"{ast.unparse(node.test)[:80]} is always {value}"):
                return node.body if value else node.orelse
        return self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        for index, test in enumerate(node.ifs):
            if self._now(test, f"filter dropped: {ast.unparse(test)[:80]}"):
                del node.ifs[index]
                return node
        return self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> ast.AST:
        plain = node.value is None or (isinstance(node.value, ast.Constant) and node.value.value is None)
        if not plain and self._now(node, f"withheld: {ast.unparse(node)[:80]}"):
            node.value = ast.copy_location(ast.Constant(None), node)
            return node
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if isinstance(node.value, ast.Constant):
            return node  # a docstring
        if self._now(node, f"left out: {ast.unparse(node)[:80]}"):
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        if self._now(node, f"left out: {ast.unparse(node)[:80]}"):
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)

    def visit_Continue(self, node: ast.Continue) -> ast.AST:
        return ast.copy_location(ast.Break(), node) if self._now(node, "continue -> break") else node

    def visit_Break(self, node: ast.Break) -> ast.AST:
        return ast.copy_location(ast.Continue(), node) if self._now(node, "break -> continue") else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in RENAMED and self._now(node, f"{name} -> {RENAMED[name]} in {ast.unparse(node)[:70]}"):
            node.func = ast.copy_location(ast.Name(RENAMED[name], ast.Load()), node.func)
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if type(node.value) is bool and self._now(node, f"{node.value} turned"):
            return ast.copy_location(ast.Constant(not node.value), node)
        if type(node.value) is int and self._now(node, f"{node.value} -> {node.value + 1}"):
            return ast.copy_location(ast.Constant(node.value + 1), node)
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.body = [self.visit(statement) for statement in node.body]
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.body = [self.visit(statement) for statement in node.body]
        node.args.defaults = [self.visit(default) for default in node.args.defaults]
        node.args.kw_defaults = [default and self.visit(default) for default in node.args.kw_defaults]
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
            return node
        return self.generic_visit(node)


def path_of(name: str) -> Path:
    """The file of the module ``name`` of medlint."""
    return SOURCE / "medlint" / f"{name.replace('.', '/')}.py"


def mutants(name: str) -> Iterator[Mutant]:
    """Every change that can be made to the module ``name``."""
    lister = Mutator()
    lister.visit(ast.parse(path_of(name).read_text("utf-8")))
    for number, (line, words) in enumerate(lister.places):
        yield Mutant(name, number, line, words)


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the module of ``mutant``, changed."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None, /
    ) -> ModuleSpec | None:
        if name != f"medlint.{self._mutant.module}":
            return None
        return importlib.util.spec_from_file_location(name, path_of(self._mutant.module), loader=self)

    def exec_module(self, module: ModuleType) -> None:
        path = path_of(self._mutant.module)
        tree = Mutator(self._mutant.number).visit(ast.parse(path.read_text("utf-8")))
        exec(compile(ast.fix_missing_locations(tree), str(path), "exec"), module.__dict__)


def killer(mutant: Mutant | None, category: str) -> str:
    """What notices ``mutant`` (None: the code as it is); empty if nothing does."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return {0: "", 1: "example", 2: "test", 3: "crash"}.get(code, "time")
    signal.alarm(SECONDS)
    code = 3
    with contextlib.suppress(BaseException):
        if mutant:
            sys.meta_path.insert(0, _Changed(mutant))
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        code = _outcome(category)
    os._exit(code)


def _outcome(category: str) -> int:
    if any(_examples(category)):
        return 1
    try:
        for test in _tests(category):
            test()
    except Exception:
        return 2
    return 0


def _tests(category: str) -> Iterator[Callable[[], object]]:
    """The tests of the category with each of their parameters: called as they are, in half the time of a pytest run."""
    from hypothesis import settings

    settings.register_profile("mutants", derandomize=True, database=None, deadline=None)
    settings.load_profile("mutants")
    for path in TESTS[category]:
        module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
        for test in [test for name, test in vars(module).items() if name.startswith("test_")]:
            tables = [mark.args for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
            for row in itertools.product(*(values for _, values in tables)):
                given = {}
                for (names, _), value in zip(tables, row, strict=True):
                    several = not isinstance(names, str)
                    given.update(zip(names, value, strict=True) if several else [(names, value)])
                yield functools.partial(test, **given)


def _examples(category: str) -> Iterator[object]:
    """Runs the examples of the category's rules: the failure of each, or None."""
    from medlint import catalog, examples

    return examples.run(rule for rule in catalog.builtin() if rule.category in RULES[category])


def warm(category: str) -> None:
    """Import what is not medlint's, and compile the patterns, once for all children."""
    re._MAXCACHE = re._MAXCACHE2 = 100_000  # type: ignore[attr-defined]
    import pytest  # noqa: F401

    failures = list(filter(None, _examples(category)))
    if failures:
        sys.exit(f"The examples fail before anything is changed: {failures[0]}")
    for name in [name for name in sys.modules if name.partition(".")[0] in ("medlint", "tests")]:
        del sys.modules[name]


def main() -> None:
    """Make the changes and say which survive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("category", choices=MODULES)
    parser.add_argument("--most", type=int, default=10_000, help="a sample of so many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--module", default="", help="only this one, such as facts.crisis")
    parser.add_argument("--again", type=Path, help="only those that the output in this file says survived")
    options = parser.parse_args()
    os.chdir(SOURCE.parent)
    sys.path.insert(0, str(SOURCE))
    sys.path.insert(0, str(SOURCE.parent))
    warm(options.category)
    if found := killer(None, options.category):
        sys.exit(f"The tests fail before anything is changed ({found}).")
    names = [options.module] if options.module else MODULES[options.category]
    every = [mutant for name in names for mutant in mutants(name)]
    chosen = sorted(random.Random(options.seed).sample(every, min(options.most, len(every))))
    if options.again:
        known = set(options.again.resolve().read_text("utf-8").splitlines())
        chosen = [mutant for mutant in chosen if f"{mutant.module}:{mutant.line}: {mutant.words}" in known]
    killed = dict.fromkeys(("example", "test", "crash", "time", ""), 0)
    began = time.monotonic()
    for mutant in chosen:
        found = killer(mutant, options.category)
        killed[found] += 1
        if not found:
            print(f"{mutant.module}:{mutant.line}: {mutant.words}", flush=True)
    by = ", ".join(f"{count} by {how}" for how, count in killed.items() if how and count)
    seconds = (time.monotonic() - began) / max(len(chosen), 1)
    print(
        f"{options.category}: {len(every)} changes, {len(chosen)} tried, {len(chosen) - killed['']} killed ({by}), "
        f"{killed['']} survive; {seconds:.2f} s each"
    )


if __name__ == "__main__":
    main()
