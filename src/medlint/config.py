"""Configuration: the nearest ``medlint.toml`` or ``[tool.medlint]``, what it extends, and where each value came from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from medlint import catalog
from medlint.errors import ConfigError
from medlint.finding import Severity
from medlint.profile import AUDIENCES, PUBLISHERS, REGIONS, Profile

if TYPE_CHECKING:
    from medlint.baseline import Baseline
    from medlint.pipeline import Settings
    from medlint.rule import Rule

FILE_NAME = "medlint.toml"
FailOn = Literal["error", "warning", "info", "never"]


class _Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """A part of the configuration: unknown keys are errors."""


class ProfileSection(_Section, frozen=True):
    """Who the articles are for: ``region`` (us, uk, au ...), ``audience`` and ``publisher``."""

    region: str = ""
    audience: str = "patient"
    publisher: str = ""


class LinksSection(_Section, frozen=True):
    """How links are checked: ``timeout`` in seconds for a link, ``deadline`` in seconds for the run."""

    offline: bool = False
    exclude: tuple[str, ...] = ()
    accept: dict[str, tuple[int, ...]] = {}
    allow_hosts: tuple[str, ...] = ()
    timeout: float = 15.0
    deadline: float = 600.0
    workers: int = 4
    archive: bool = True
    cache: bool = True


class Override(_Section, frozen=True):
    """Other settings for the files that match ``paths`` (gitignore patterns, from the configuration's folder)."""

    paths: tuple[str, ...]
    ignore: tuple[str, ...] = ()
    profile: dict[str, str] = {}
    rules: dict[str, dict[str, Any]] = {}


class Config(_Section, frozen=True):
    """The settings of a project. Everything has a default, and ``Config()`` is what runs without a file.

    ``words`` are accepted spellings: whole word, case-insensitive unless the entry has a capital. ``rules`` holds for
    each rule a ``severity`` (or ``"off"``) and its options. ``rule-folders`` are folders of house rules.
    ``snippets`` are the project's own texts for ``disclaimer`` and ``crisis-line``, inserted by unsafe fixes.
    """

    extends: tuple[str, ...] | str = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool = False
    fail_on: FailOn = "error"
    exclude: tuple[str, ...] = ()
    max_bytes: int = 10_000_000
    words: tuple[str, ...] = ()
    baseline: str = ""
    rule_folders: tuple[str, ...] = ()
    profile: ProfileSection = ProfileSection()
    links: LinksSection = LinksSection()
    snippets: dict[str, str] = {}
    rules: dict[str, dict[str, Any]] = {}
    override: tuple[Override, ...] = ()

    def settings(
        self,
        today: date,
        name: str = "",
        *,
        root: Path | None = None,
        baseline: Baseline | None = None,
        suppressions: bool = True,
        timed: bool = False,
    ) -> Settings:
        """The settings for the file ``name``. Raises ConfigError for unknown rules, RuleError for bad house rules."""
        from medlint.pipeline import Settings

        applies = tuple(i for i, override in enumerate(self.override) if _matches(override.paths, name, root))
        key = msgspec.json.encode((self, applies, str(root or "")))
        rules, profile = _resolved(key)
        return Settings(rules, profile, today, suppressions, baseline, timed)


class Loaded(msgspec.Struct, frozen=True):
    """A configuration with the folder that its paths start from and the origin of every value (``links.offline``)."""

    config: Config
    root: Path | None
    origins: dict[str, str]
    files: tuple[str, ...] = ()


@lru_cache(maxsize=256)
def _resolved(key: bytes) -> tuple[catalog.RuleSet, Profile]:
    """The rule set and profile of a configuration with some of its overrides; equal ones are made once."""
    config, applies, root = msgspec.json.decode(key, type=tuple[Config, tuple[int, ...], str])
    overrides = [config.override[index] for index in applies]
    merged: dict[str, dict[str, Any]] = {name: dict(value) for name, value in config.rules.items()}
    profile = msgspec.to_builtins(config.profile)
    for override in overrides:
        profile |= override.profile
        for name, value in override.rules.items():
            merged[name] = merged.get(name, {}) | value
    severities = {name: _severity(name, value["severity"]) for name, value in merged.items() if "severity" in value}
    options = {name: {k: v for k, v in value.items() if k != "severity"} for name, value in merged.items()}
    rules = catalog.select(
        available(config, Path(root) if root else None),
        select=config.select,
        ignore=(*config.ignore, *(name for override in overrides for name in override.ignore)),
        preview=config.preview,
        severities=severities,
        options={name: value for name, value in options.items() if value},
    )
    for rule in rules.rules:
        if options.get(rule.name):
            rules.options(rule)
    return rules, Profile(words=frozenset(config.words), snippets=config.snippets, **_profile(profile))


def available(config: Config, root: Path | None) -> tuple[Rule, ...]:
    """The built-in rules and the house rules of ``config``. Raises RuleError; a house rule may not take a taken name."""
    rules = catalog.builtin()
    names = {rule.name for rule in rules}
    for folder in config.rule_folders:
        path = (root or Path()) / folder
        if not path.is_dir():
            raise ConfigError(folder, "there is no such folder of rules", remedy="Correct 'rule-folders'.")
        for rule in catalog.from_folder(path):
            if rule.name in names:
                raise ConfigError(rule.path, f"there is already a rule {rule.name!r}", remedy="Rename the house rule.")
            names.add(rule.name)
            rules = (*rules, rule)
    return rules


def rules_at(folder: Path) -> tuple[Rule, ...]:
    """The rules that articles in ``folder`` can be checked with: the built-in ones and its house rules."""
    loaded = load(find(folder))
    return available(loaded.config, loaded.root)


def _profile(values: Mapping[str, str]) -> dict[str, Any]:
    for field, allowed in (("region", REGIONS), ("audience", AUDIENCES), ("publisher", PUBLISHERS)):
        value = values.get(field, "")
        if value and value not in allowed:
            raise ConfigError(
                "profile", f"{field} {value!r} is none of {', '.join(allowed)}", remedy=_nearest(value, allowed)
            )
    unknown = set(values) - {"region", "audience", "publisher"}
    if unknown:
        raise ConfigError(
            "profile", f"there is no setting {sorted(unknown)[0]!r}", remedy="Use region, audience or publisher."
        )
    return dict(values)


def _severity(rule: str, value: Any) -> Severity | None:
    if value == "off":
        return None
    try:
        return Severity(value)
    except ValueError:
        raise ConfigError(
            f"rules.{rule}", f"severity {value!r} is none of error, warning, info, off", remedy="Correct it."
        ) from None


def _matches(patterns: Sequence[str], name: str, root: Path | None) -> bool:
    if not name:
        return False
    from pathspec import GitIgnoreSpec

    path = Path(name)
    if root is not None:
        try:
            path = path.absolute().relative_to(root.absolute())
        except ValueError:
            return False
    return bool(GitIgnoreSpec.from_lines(patterns).match_file(path.as_posix()))


def find(start: Path) -> Path | None:
    """The configuration file nearest to ``start`` (a file or folder), looking upward to the repository's root."""
    start = start.absolute()
    for folder in (start, *start.parents):
        own = folder / FILE_NAME
        if own.is_file():
            return own
        project = folder / "pyproject.toml"
        if project.is_file() and b"[tool.medlint" in _bytes(project):
            return project
        if (folder / ".git").exists():
            return None
    return None


def load(path: Path | None, overrides: Mapping[str, Any] | None = None) -> Loaded:
    """The configuration at ``path`` (None: the defaults) with command-line values on top.

    ``overrides`` are nested like the file. Raises ConfigError naming file, line and remedy.
    """
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    files: list[str] = []
    if path is not None:
        for file, layer in _layers(path, ()):
            files.append(str(file))
            _validate(layer, file)
            _merge(values, layer, origins, str(file))
    if overrides:
        _merge(values, overrides, origins, "command line")
    return Loaded(_convert(values, path), path.parent if path else None, origins, tuple(files))


def parse(text: str, where: str) -> Config:
    """The configuration in ``text``, as ``medlint.toml``; it may not extend anything. Raises ConfigError."""
    values = _toml(text, where)
    if values.get("extends"):
        raise ConfigError(where, "this configuration may not extend another", remedy="Write its settings out.")
    _validate(values, Path(where), text)
    return _convert(values, Path(where))


def _layers(path: Path, seen: tuple[Path, ...]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The files that make up a configuration, the most general first."""
    resolved = path.resolve()
    if resolved in seen:
        raise ConfigError(str(path), "the configuration extends itself", remedy="Remove the circle of 'extends'.")
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"cannot be read: {error}", remedy="Save it as UTF-8.") from None
    values = _toml(text, str(path))
    if path.name == "pyproject.toml":
        values = values.get("tool", {}).get("medlint", {})
    extends = values.get("extends", [])
    for base in [extends] if isinstance(extends, str) else extends:
        yield from _layers(_base(base, path), (*seen, resolved))
    yield path, values


def _base(base: str, path: Path) -> Path:
    """The file that ``extends`` names: a path, or an installed package that holds a ``medlint.toml``."""
    if not isinstance(base, str) or "://" in base:
        raise ConfigError(str(path), f"extends {base!r} is not a path or an installed package", remedy="Never a URL.")
    beside = path.parent / base
    if beside.is_file():
        return beside
    if re.fullmatch(r"[A-Za-z_]\w*(?:\.\w+)*", base):
        import importlib.util

        try:
            spec = importlib.util.find_spec(base.split(".")[0])
        except (ImportError, ValueError):
            spec = None
        for folder in (spec.submodule_search_locations or []) if spec else []:
            packaged = Path(folder).joinpath(*base.split(".")[1:], FILE_NAME)
            if packaged.is_file() and "site-packages" in packaged.parts:
                return packaged
    raise ConfigError(str(path), f"extends {base!r}: there is no such file or installed package", line=line_of(path, "extends"),
                      remedy="Give a path from this file, or install the package.")  # fmt: skip


def _toml(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        match = re.search(r"line (\d+)", str(error))
        line = int(match[1]) if match else text.count("\n") + 1
        raise ConfigError(where, f"not valid TOML: {error}", line=line, remedy="Correct it.") from None


def _validate(layer: Mapping[str, Any], path: Path, text: str | None = None) -> None:
    try:
        _convert(dict(layer), None)
    except ConfigError as error:
        key = error.where.rpartition(".")[2]
        raise ConfigError(str(path), error.problem, line=line_of(path, key, text), remedy=error.remedy) from None


def _convert(values: Mapping[str, Any], path: Path | None) -> Config:
    try:
        return msgspec.convert(values, Config)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$")
        place = place.rstrip("`").lstrip(".")
        unknown = re.search(r"unknown field `(.+?)`", message)
        if unknown:
            known = _keys(place)
            raise ConfigError(unknown[1], f"there is no setting {unknown[1]!r}{f' in [{place}]' if place else ''}",
                              remedy=_nearest(unknown[1], known)) from None  # fmt: skip
        raise ConfigError(
            place or str(path), f"{place or 'the configuration'}: {message}", remedy="Correct the value."
        ) from None


def _keys(place: str) -> tuple[str, ...]:
    shape: Any = {"profile": ProfileSection, "links": LinksSection}.get(
        place, Override if place.startswith("override") else Config
    )
    return tuple(field.encode_name for field in msgspec.structs.fields(shape))


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=1)
    return f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(known)}."


def _merge(
    into: dict[str, Any], layer: Mapping[str, Any], origins: dict[str, str], origin: str, prefix: str = ""
) -> None:
    """Merge ``layer`` over ``into``: tables by key, ``words``, ``exclude`` and overrides by addition, the rest replaced."""
    for key, value in layer.items():
        place = f"{prefix}{key}"
        if isinstance(value, Mapping):
            _merge(into.setdefault(key, {}), value, origins, origin, f"{place}.")
        elif place in ("words", "exclude", "override", "rule-folders") and isinstance(value, (list, tuple)):
            into[key] = [*into.get(key, []), *value]
            origins[place] = f"{origins[place]}, {origin}" if place in origins else origin
        else:
            into[key] = value
            origins[place] = origin


def line_of(path: Path, key: str, text: str | None = None) -> int | None:
    """The first line of a TOML file on which ``key`` is set or heads a table; tomllib keeps no places."""
    try:
        lines = (text if text is not None else path.read_text("utf-8")).splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    pattern = re.compile(rf"\s*(?:\[+.*\b{re.escape(key)}\b.*\]+|[\"']?{re.escape(key)}[\"']?\s*[=.])")
    return next((number for number, line in enumerate(lines, 1) if pattern.match(line)), None)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def schema() -> Mapping[str, Any]:
    """The JSON Schema of ``medlint.toml``, generated from the types above."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "medlint.toml",
        **msgspec.json.schema(Config),
    }
