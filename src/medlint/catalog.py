"""The rules there are: loaded, validated, selected and overridden into the RuleSet of a run."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from string import Formatter
from typing import Any

import msgspec
from msgspec.structs import replace

from medlint import bundle
from medlint.digests import sha256
from medlint.errors import ConfigError, ReadError, RuleError
from medlint.finding import Severity
from medlint.matching import Scanner
from medlint.misfit import misfit, nearest
from medlint.rule import Example, Rule

ENGINE = "engine"
"""The ``check`` of rules that the engine itself reports, about files, suppressions and crashes."""
_TELLING = (
    "name",
    "category",
    "check",
    "severity",
    "confidence",
    "message",
    "advice",
    "zones",
    "options",
    "variants",
    "notes",
)
"""The fields of a rule that its findings follow from."""
STATUSES = ("stable", "preview", "deprecated")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class RuleSet:
    """The rules of a run in a fixed order, with their digest. Immutable; equal digests give equal findings.

    Rules whose check is code of another package come last, so that nothing it does to the article alters what others find.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: (_is_foreign(rule), rule.category, rule.name)))

    @property
    def foreign(self) -> bool:
        """Whether code of another package runs."""
        return bool(self.rules) and _is_foreign(self.rules[-1])

    def __reduce__(self) -> "tuple[type[RuleSet], tuple[tuple[Rule, ...]]]":
        return RuleSet, (self.rules,)

    @cached_property
    def digest(self) -> str:
        """``sha256:`` and the digest of all that findings follow from, overrides included; the same wherever it is installed."""
        telling = [[getattr(rule, field) for field in _TELLING] for rule in self.rules]
        return "sha256:" + sha256(msgspec.msgpack.encode([telling, bundle.load().digest])).hexdigest()

    @cached_property
    def scanner(self) -> Scanner:
        """Finds the trigger literals of all rules in one pass."""
        return Scanner(literal for found in self.triggers.values() for literal in found)

    @cached_property
    def triggers(self) -> Mapping[str, frozenset[str]]:
        """The literals of each rule that declares some: where none occurs, the rule has nothing to say."""
        from medlint import checks

        found = {}
        for rule in self.rules:
            if rule.check != ENGINE:
                declare = getattr(checks.load(rule.check), "triggers", None)
                if declare and (literals := declare(self.options(rule))):
                    found[rule.name] = literals
        return found

    def options(self, rule: Rule) -> Any:
        """The options of ``rule`` as its check's Struct. Raises RuleError for one that does not fit."""
        if rule.name not in self._options:
            self._options[rule.name] = options_of(rule)
        return self._options[rule.name]

    @cached_property
    def _options(self) -> dict[str, Any]:
        return {}


def _is_foreign(rule: Rule) -> bool:
    from medlint import checks

    return rule.check != ENGINE and rule.check not in checks.builtin()


def options_of(rule: Rule) -> Any:
    """The options of ``rule`` decoded. Raises RuleError naming the option and what it should be."""
    from medlint import checks

    shape = checks.load(rule.check).Options
    try:
        return msgspec.convert(rule.options, shape, strict=False)
    except msgspec.ValidationError as error:
        place, problem, remedy = misfit(error, shape)
        where, path = rule.path or rule.name, Path(rule.path)
        raise RuleError(where, f"options: {problem}", line=_line(path, f"options.{place}"), remedy=remedy) from None


@cache
def builtin() -> tuple[Rule, ...]:
    """The rules that come with medlint, by category and name. Raises RuleError for a file that cannot be used."""
    root, decode = bundle.folder(), msgspec.msgpack.Decoder(Rule).decode

    def rule(packed: bytes, path: Path, name: str) -> Rule:
        try:
            return _placed(decode(packed), path, name)
        except msgspec.ValidationError:
            return _decode(bundle.plain(packed), path, name)  # which says where

    return tuple(rule(packed, root / name, name) for name, packed in bundle.load().rules.items())


def from_folder(folder: Path) -> tuple[Rule, ...]:
    """House rules: every YAML file below ``folder``, validated in full. Raises RuleError."""
    from medlint.files import read_bytes
    from medlint.safe_yaml import read

    rules = []
    for path in sorted(folder.rglob("*.yaml")):
        try:
            text = read_bytes(path).decode()
        except ReadError as error:
            raise RuleError(str(path), error.problem, remedy=error.remedy) from None
        except UnicodeDecodeError:
            raise RuleError(str(path), "this is not UTF-8", remedy="Save it as UTF-8.") from None
        name = path.relative_to(folder).as_posix()
        rule = _decode(read(text, str(path)), path, name if "/" in name else f"{folder.name}/{name}")
        rules.append(rule)
        for problem in problems(rule):
            raise RuleError(str(path), problem, line=_line(path, "name"), remedy="CONTRIBUTING.md shows a whole rule.")
    return tuple(rules)


def _decode(value: Any, path: Path, name: str) -> Rule:
    try:
        rule = msgspec.convert(value, Rule)
    except msgspec.ValidationError as error:
        place, problem, remedy = misfit(error, Rule)
        raise RuleError(str(path), problem, line=_line(path, place), remedy=remedy) from None
    return _placed(rule, path, name)


def _placed(rule: Rule, path: Path, name: str) -> Rule:
    return replace(rule, category=name.split("/")[0], path=str(path))


def _line(path: Path, field: str) -> int | None:
    """The line of ``field`` in the YAML file at ``path``, or of the nearest thing around it."""
    from medlint.files import read_bytes
    from medlint.safe_yaml import lines

    try:
        found = lines(read_bytes(path).decode())
    except Exception:
        return None
    field = field.replace("[...]", "")
    while field and field not in found:
        field = field.rpartition(".")[0]
    return found.get(field)


def problems(rule: Rule) -> Iterable[str]:
    """What keeps a rule from being published: everything that its types alone do not say."""
    stem = Path(rule.path).stem
    if rule.name != stem:
        yield f"name: {rule.name!r} is not the file's name {stem!r}"
    if not _NAME.fullmatch(rule.name):
        yield f"name: {rule.name!r} is not kebab-case"
    if rule.status not in STATUSES:
        yield f"status: {rule.status!r} is none of {', '.join(STATUSES)}"
    if not rule.sources:
        yield "sources: a rule needs the published standard that it rests on, with the date it was read"
    for field in ("summary", "message", "advice", "why"):
        if not getattr(rule, field).strip():
            yield f"{field}: is empty"
    for citation in rule.sources:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", citation.accessed):
            yield f"sources: accessed {citation.accessed!r} is not a date like 2026-11-01"
    for text in (
        rule.message,
        rule.advice,
        *(variant.message for variant in rule.variants.values()),
        *rule.notes.values(),
    ):
        try:
            list(Formatter().parse(text))
        except ValueError as error:
            yield f"message: {text!r} is not a template: {error}"
    if not re.fullmatch(r"\d+(?:\.\d+)*", rule.added):
        yield f"added: {rule.added!r} is no release"
    if rule.check == ENGINE:
        return
    for kind in ("bad", "good"):
        if len(getattr(rule.examples, kind)) < 2:
            yield f"examples.{kind}: needs at least two, they are the rule's tests and documentation"
    from medlint import checks

    check = checks.load(rule.check)
    options = options_of(rule)
    yield from getattr(check, "check_options", lambda _: ())(options)


def example(value: Example | str) -> Example:
    """An example in its full form."""
    return Example(value) if isinstance(value, str) else value


def select(
    rules: Sequence[Rule],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    preview: bool = False,
    version: str = "",
    severities: Mapping[str, Severity | None] = {},
    options: Mapping[str, Mapping[str, Any]] = {},
) -> RuleSet:
    """The rules of a run: chosen by name or category, less those ignored, with severities and options overridden.

    A severity of None turns a rule off; ``version`` leaves out rules that came after that release. Raises ConfigError
    for a name that is neither a rule nor a category, with the nearest one that is.
    """
    by_name = {rule.name: rule for rule in rules} | {alias: rule for rule in rules for alias in rule.aliases}
    categories = {rule.category for rule in rules}

    def members(names: Iterable[str]) -> set[str]:
        chosen: set[str] = set()
        for name in names:
            if name == "all":
                chosen |= {rule.name for rule in rules}
            elif name in categories:
                chosen |= {rule.name for rule in rules if rule.category == name}
            elif name in by_name:
                chosen.add(by_name[name].name)
            else:
                raise unknown_rule(name, [*by_name, *sorted(categories)])
        return chosen

    members([*severities, *options])
    wanted = members(select) if select else {rule.name for rule in rules}
    named = members(name for name in select if name in by_name)
    wanted -= members(ignore)
    chosen = []
    for rule in rules:
        if rule.name not in wanted or (rule.status == "preview" and not preview and rule.name not in named):
            continue
        if version and _release(rule.added) > _release(version):
            continue
        severity = severities.get(rule.name, rule.severity)
        if severity is None:
            continue
        changed = {**rule.options, **options.get(rule.name, {})}
        if severity is not rule.severity or changed != rule.options:
            rule = replace(rule, severity=severity, options=changed)
        chosen.append(rule)
    return RuleSet(chosen)


def _release(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def unknown_rule(name: str, known: Iterable[str], where: str = "") -> ConfigError:
    """The error for a name that is no rule, with the nearest one that is; ``where`` is the setting that has it."""
    remedy = nearest(name, known, "'medlint rules' lists them.")
    problem = f"there is no rule or category {name!r}" if where else "there is no rule or category of this name"
    return ConfigError(where or name, problem, remedy=remedy)
