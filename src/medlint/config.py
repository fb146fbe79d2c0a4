"""Configuration: the nearest ``medlint.toml`` or ``[tool.medlint]``, what it extends, and where each value came from."""

import os
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from medlint import catalog, checks
from medlint.errors import ConfigError, ReadError, RuleError
from medlint.files import is_pattern, matches, patterns, read_bytes
from medlint.finding import Severity
from medlint.misfit import misfit
from medlint.profile import Audience, Profile, Publisher, Region
from medlint.toml_lines import lines

if TYPE_CHECKING:
    from medlint.pipeline import Settings
    from medlint.rule import Rule

FILE_NAME = "medlint.toml"
COMMAND_LINE = "command line"
"""The origin of a value that an option of the command line set."""
FailOn = Literal["error", "warning", "info", "never"]
_ADDED = frozenset(("words", "exclude", "override", "rule-folders"))
"""Lists to which each layer adds; other values are replaced."""


_MOST_LAYERS = 50


def _says(description: str) -> msgspec.Meta:
    """What a setting means, for the reference and for editors that show the schema."""
    return msgspec.Meta(description=description)


class _Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """A part of the configuration: unknown keys are errors."""


class ProfileSection(_Section, frozen=True):
    """Who the articles are for, and who publishes them."""

    region: Annotated[
        Region, _says("The readers' country: it decides about crisis lines, emergency numbers, spelling.")
    ] = ""
    audience: Annotated[Audience, _says("Whom the articles address; what clinicians read may be harder.")] = "patient"
    publisher: Annotated[Publisher, _says("What kind of body publishes the articles.")] = ""


class ProfileOverride(_Section, frozen=True):
    """Another profile for some files; what is left out stays."""

    region: Region | UnsetType = UNSET
    audience: Audience | UnsetType = UNSET
    publisher: Publisher | UnsetType = UNSET


class LinksSection(_Section, frozen=True):
    """How the links that articles cite are checked."""

    offline: Annotated[bool, _says("Make no network request.")] = False
    exclude: Annotated[tuple[str, ...], _says("Shell patterns for addresses never to ask for.")] = ()
    accept: Annotated[dict[str, tuple[int, ...]], _says("Status codes that are fine for a host pattern.")] = {}
    allow_hosts: Annotated[tuple[str, ...], _says("Hosts, or host:port, that may have a private address.")] = ()
    timeout: Annotated[float, msgspec.Meta(gt=0, description="Seconds for one link.")] = 15.0
    deadline: Annotated[float, msgspec.Meta(gt=0, description="Seconds for all links of a run.")] = 600.0
    workers: Annotated[int, msgspec.Meta(ge=1, le=64, description="Hosts visited at the same time.")] = 4
    host_interval: Annotated[float, msgspec.Meta(ge=0, description="Seconds between two links of one host.")] = 0.5
    max_links: Annotated[int, msgspec.Meta(ge=1, description="Links asked for in a run; the others are skipped.")] = (
        5000
    )
    ca_file: Annotated[str, _says("Certificates to trust instead of the usual ones, as a PEM file.")] = ""
    archive: Annotated[bool, _says("Look for an archived copy of what is broken.")] = True
    cache: Annotated[bool, _says("Remember what was learnt for certain.")] = True


class Snippets(_Section, frozen=True):
    """The project's own wording for what a page can lack. Reports offer it, and ``--unsafe-fixes`` inserts it."""

    disclaimer: Annotated[str, _says("Says what the article is not.")] = ""
    crisis_line: Annotated[str, _says("Names the line to call in a crisis.")] = ""
    medication_safety: Annotated[str, _says("Says not to change a medicine without advice.")] = ""


RuleSettings = dict[str, dict[str, Any]]


class Override(_Section, frozen=True):
    """Other settings for the files that match ``paths``."""

    paths: Annotated[tuple[str, ...], _says("Gitignore patterns, from the configuration's folder.")]
    ignore: Annotated[tuple[str, ...], _says("More rules or categories to leave out.")] = ()
    profile: Annotated[ProfileOverride, _says("Other readers.")] = ProfileOverride()
    rules: Annotated[RuleSettings, _says("Other severities and options.")] = {}


class Config(_Section, frozen=True):
    """The settings of a project. Everything has a default, and ``Config()`` is what runs without a file."""

    extends: Annotated[
        tuple[str, ...] | str,
        _says("Configurations to start from: paths from this file, or installed packages that hold a medlint.toml."),
    ] = ()
    select: Annotated[tuple[str, ...], _says("Only these rules or categories.")] = ()
    ignore: Annotated[tuple[str, ...], _says("Without these rules or categories.")] = ()
    preview: Annotated[bool, _says("Run rules still in preview too.")] = False
    rules_version: Annotated[
        str, _says("Run only rules that this release of medlint already had, so that an upgrade adds none.")
    ] = ""
    fail_on: Annotated[FailOn, _says("The severity from which on a finding fails the run.")] = "error"
    exclude: Annotated[
        tuple[str, ...],
        _says(
            "Files that are no articles: gitignore patterns from the configuration's folder. They hold for named files too."
        ),
    ] = ()
    max_bytes: Annotated[int, msgspec.Meta(ge=1, description="The size above which a file is refused.")] = 10_000_000
    words: Annotated[
        tuple[str, ...], _says("Spellings to accept: whole word, case-insensitive unless the entry has a capital.")
    ] = ()
    baseline: Annotated[str, _says("The file of findings accepted for now; 'medlint baseline write' makes it.")] = ""
    rule_folders: Annotated[tuple[str, ...], _says("Folders of house rules.")] = ()
    profile: ProfileSection = ProfileSection()
    links: LinksSection = LinksSection()
    snippets: Snippets = Snippets()
    rules: Annotated[
        RuleSettings, _says('For each rule a severity ("error", "warning", "info" or "off") and its options.')
    ] = {}
    override: Annotated[tuple[Override, ...], _says("Other settings for some files.")] = ()

    def parts(self) -> "tuple[tuple[str, Config | Override], ...]":
        """What can name rules, each with the place of its settings: the configuration and its overrides."""
        return (("", self), *((f"override[{number}].", part) for number, part in enumerate(self.override)))

    def settings(self, today: date, name: str = "") -> "Settings":
        """The settings for the file ``name``. Raises ConfigError for unknown rules, RuleError for bad house rules."""
        return Loaded(self).settings(today, name)


class Loaded(msgspec.Struct, frozen=True):
    """A configuration, where it came from, and what it means for a file.

    ``root`` is the folder from which its paths and patterns count, and ``origins`` has the file (or the command line)
    behind every value, by setting (``links.offline``). ``mirror`` is the copy of ``root`` in which the files that it
    names are read, where a commit is trusted more than the tree.
    """

    config: Config
    root: Path | None = None
    origins: dict[str, tuple[str, ...]] = {}
    files: tuple[str, ...] = ()
    mirror: Path | None = None

    def named(self, path: str) -> Path:
        """The file or folder that the configuration calls ``path``."""
        return (self.mirror or self.root or Path()) / path

    def excludes(self, path: Path, *, folder: bool = False) -> bool:
        """Whether ``exclude`` leaves out ``path``, which is a ``folder`` or a file."""
        return _matches(self.config.exclude, path, self.root, folder)

    def renamed(self) -> Iterator[str]:
        """What to say of rules that the configuration calls by a name which they no longer have."""
        names = {alias: rule.name for rule in available(self.config, self.named("")) for alias in rule.aliases}
        named = (name for _, part in self.config.parts() for name in (*part.ignore, *part.rules))
        for name in dict.fromkeys((*self.config.select, *named)):
            if name in names:
                yield f"The rule {name} is called {names[name]} now; change it in {', '.join(self.files) or 'the options'}."

    def at(self, name: str) -> "Loaded":
        """The configuration for the file ``name``: with what the overrides that match it change."""
        applying = [
            (number, override)
            for number, override in enumerate(self.config.override, 1)
            if name and _matches(override.paths, Path(name), self.root)
        ]
        if not applying:
            return self
        values: dict[str, Any] = msgspec.to_builtins(self.config)
        origins = dict(self.origins)
        for number, override in applying:
            layer: dict[str, Any] = msgspec.to_builtins(override)
            del layer["paths"]
            if "ignore" in layer:
                layer["ignore"] = [*values.get("ignore", ()), *layer["ignore"]]
            _merge(values, layer, origins, ", ".join((*self.origins.get("override", ()), f"override {number}")))
        return replace(self, config=msgspec.convert(values, Config), origins=origins)

    def settings(self, today: date, name: str = "") -> "Settings":
        """The settings for the file ``name``. Raises ConfigError for unknown rules, RuleError for bad house rules."""
        from medlint.pipeline import Settings

        folder = str(self.named(""))
        try:
            _check(msgspec.json.encode((self.config, folder)))
            rules, profile = _resolved(msgspec.json.encode((self.at(name).config, folder)))
        except ConfigError as error:
            raise self.located(error) from None
        return Settings(rules, profile, today)

    def located(self, error: ConfigError) -> ConfigError:
        """``error`` about a setting, with the file and line where that is set."""
        parts = re.split(r"[.\[]", error.where)
        nearest = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
        found = (
            origin[-1]
            for setting in nearest
            for place, origin in self.origins.items()
            if f"{place}.".startswith(f"{setting}.")
        )
        origin = next(found, "")
        if not origin:
            return error
        line = None if origin == COMMAND_LINE else line_of(Path(origin), error.where)
        return ConfigError(origin, error.problem, line=line, remedy=error.remedy)


@lru_cache(maxsize=256)
def _check(key: bytes) -> None:
    """Raise ConfigError, in the place of a setting, for a rule that does not exist or a value that it cannot take."""
    config, folder = msgspec.json.decode(key, type=tuple[Config, str])
    if config.rules_version and not re.fullmatch(r"\d+(\.\d+)*", config.rules_version):
        raise ConfigError(
            "rules-version", f"rules-version {config.rules_version!r} is no release", remedy="Write one like 0.1."
        )
    rules = available(config, Path(folder))
    by_name = {name: rule for rule in rules for name in (rule.name, *rule.aliases)}
    known = (*by_name, *sorted({rule.category for rule in rules}), "all")
    parts = config.parts()
    for place, names in (("select", config.select), *((f"{prefix}ignore", part.ignore) for prefix, part in parts)):
        for name in names:
            if name not in known:
                raise catalog.unknown_rule(name, known, place)
    for prefix, part in parts:
        for name, values in part.rules.items():
            place = f"{prefix}rules.{name}"
            if name not in by_name:
                raise catalog.unknown_rule(name, tuple(by_name), place)
            _check_rule(by_name[name], values, place)


def _check_rule(rule: "Rule", values: Mapping[str, Any], place: str) -> None:
    severity = values.get("severity", "off")
    if severity not in (*Severity, "off"):
        problem = f"severity {severity!r} is none of {', '.join(Severity)}, off"
        raise ConfigError(f"{place}.severity", problem, remedy="Write one of these.")
    options = {name: value for name, value in values.items() if name != "severity"}
    if not options:
        return
    if rule.check == catalog.ENGINE:
        raise ConfigError(place, f"{rule.name} has no options", remedy="Only its severity can be set.")
    check = checks.load(rule.check)
    try:
        chosen = msgspec.convert({**rule.options, **options}, check.Options, strict=False)
    except msgspec.ValidationError as error:
        wrong, problem, remedy = misfit(error, check.Options)
        raise ConfigError(f"{place}.{wrong}", problem, remedy=remedy) from None
    for problem in getattr(check, "check_options", lambda _: ())(chosen):
        raise ConfigError(place, problem, remedy=f"See 'medlint explain {rule.name}'.")


@lru_cache(maxsize=256)
def _resolved(key: bytes) -> tuple[catalog.RuleSet, Profile]:
    """The rule set and profile of a configuration for some files; equal ones are made once."""
    config, folder = msgspec.json.decode(key, type=tuple[Config, str])
    rules = available(config, Path(folder))
    names = {alias: rule.name for rule in rules for alias in rule.aliases}
    settings = {names.get(name, name): values for name, values in config.rules.items()}
    chosen = catalog.select(
        rules,
        select=config.select,
        ignore=config.ignore,
        preview=config.preview,
        version=config.rules_version,
        severities={
            name: None if values["severity"] == "off" else Severity(values["severity"])
            for name, values in settings.items()
            if "severity" in values
        },
        options={name: {k: v for k, v in values.items() if k != "severity"} for name, values in settings.items()},
    )
    snippets = {name: text for name, text in msgspec.to_builtins(config.snippets).items() if text}
    who = config.profile
    words = frozenset(config.words)
    return chosen, Profile(who.region, who.audience, who.publisher, words, snippets=snippets)


def available(config: Config, folder: Path) -> tuple["Rule", ...]:
    """The built-in rules and the house rules of ``config``, whose paths start at ``folder``.

    Raises ConfigError for a folder that is not there, and RuleError for a rule that cannot be used or takes a name.
    """
    rules = catalog.builtin()
    names = {rule.name for rule in rules}
    for name in config.rule_folders:
        path = folder / name
        if not path.is_dir():
            raise ConfigError("rule-folders", f"there is no folder of rules {name!r}", remedy="Correct the path.")
        for rule in catalog.from_folder(path):
            if rule.name in names:
                raise RuleError(rule.path, f"there is already a rule {rule.name!r}", remedy="Rename the house rule.")
            names.add(rule.name)
            rules = (*rules, rule)
    return rules


def rules_at(folder: Path) -> tuple["Rule", ...]:
    """The rules that articles in ``folder`` can be checked with: the built-in ones and its house rules."""
    loaded = load(find(folder))
    return available(loaded.config, loaded.named(""))


def _matches(globs: tuple[str, ...], path: Path, root: Path | None, folder: bool = False) -> bool:
    """Whether the gitignore patterns ``globs``, which count from ``root`` (default: the current folder), match ``path``."""
    if not globs:
        return False
    try:
        relative = os.path.relpath(path, root or Path()).replace(os.sep, "/")
    except ValueError:  # another drive
        return False
    return not relative.startswith("../") and matches(_spec(globs), f"{relative}/" if folder else relative)


_spec = lru_cache(maxsize=256)(patterns)


def find(start: Path) -> Path | None:
    """The configuration file nearest to ``start`` (a file or folder), looking upward to the repository's root."""
    start = start.absolute()
    for folder in (start, *start.parents):
        own = folder / FILE_NAME
        if own.is_file():
            return own
        project = folder / "pyproject.toml"
        if project.is_file() and _has_table(project):
            return project
        if (folder / ".git").exists():
            return None
    return None


def _has_table(project: Path) -> bool:
    """Whether a ``pyproject.toml`` configures medlint; one that cannot be read does not, unless it looks so."""
    try:
        data = project.read_bytes()
    except OSError:
        return False
    if b"medlint" not in data:
        return False
    from medlint.safe_toml import loads

    try:
        tools = loads(data.decode()).get("tool", {})
    except ValueError:
        return b"[tool.medlint" in data
    return isinstance(tools, dict) and "medlint" in tools


def load(path: Path | None, overrides: Mapping[str, Any] | None = None) -> Loaded:
    """The configuration at ``path`` (None: the defaults) with command-line values on top.

    ``overrides`` are nested like the file. Raises ConfigError naming file, line and remedy.
    """
    values: dict[str, Any] = {}
    origins: dict[str, tuple[str, ...]] = {}
    files: list[str] = []
    if path is not None:
        for file, layer in _layers(path, ()):
            files.append(str(file))
            if len(files) > _MOST_LAYERS:
                problem = f"it extends more than {_MOST_LAYERS} others, some of them again and again"
                raise ConfigError(str(path), problem, remedy="Name each once.")
            _merge(values, layer, origins, str(file))
    if overrides:
        _convert(overrides, COMMAND_LINE)
        _merge(values, overrides, origins, COMMAND_LINE)
    return Loaded(_convert(values, str(path)), path.parent if path else None, origins, tuple(files))


def parse(text: str, where: str) -> Config:
    """The configuration in ``text``, as ``medlint.toml``; it may not extend anything. Raises ConfigError."""
    values = _toml(text, where)
    if values.get("extends"):
        raise ConfigError(where, "this configuration may not extend another", remedy="Write its settings out.")
    return _convert(values, where, text)


def _layers(path: Path, seen: tuple[Path, ...]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The files that make up a configuration, the most general first; their paths count from the last one's folder."""
    resolved = path.resolve()
    if resolved in seen:
        raise ConfigError(str(path), "the configuration extends itself", remedy="Remove the circle of 'extends'.")
    try:
        text = read_bytes(path).decode()
    except ReadError as error:
        raise ConfigError(str(path), error.problem, remedy=error.remedy) from None
    except UnicodeDecodeError:
        raise ConfigError(str(path), "this is not UTF-8", remedy="Save it as UTF-8.") from None
    values = _toml(text, str(path))
    if path.name == "pyproject.toml":
        tools = values.get("tool", {})
        values = tools.get("medlint", {}) if isinstance(tools, dict) else {}
    _convert(values, str(path), text)
    extends = values.get("extends", [])
    for base in [extends] if isinstance(extends, str) else extends:
        folder, file = _base(base, path)
        for origin, layer in _layers(file, (*seen, resolved)):
            yield origin, _moved(layer, folder)
    yield path, values


def _base(base: str, path: Path) -> tuple[Path, Path]:
    """The folder (relative, or that of a package) and the file that ``extends`` names in ``path``."""
    wrong = partial(ConfigError, str(path), line=line_of(path, "extends"))
    if "://" in base:
        raise wrong(f"extends {base!r} is an address", remedy="Name a path or an installed package, never a URL.")
    beside = path.parent / base
    if beside.is_file():
        return Path(base).parent, beside
    name = base.replace("-", "_")
    if re.fullmatch(r"[A-Za-z_]\w*(?:\.\w+)*", name):
        import importlib.util

        try:
            spec = importlib.util.find_spec(name.split(".")[0])
        except (ImportError, ValueError):
            spec = None
        for folder in (spec.submodule_search_locations or []) if spec else []:
            packaged = Path(folder).joinpath(*name.split(".")[1:], FILE_NAME)
            # A folder of the checked tree may be importable; only what was installed is a package.
            if packaged.is_file() and not {"site-packages", "dist-packages"}.isdisjoint(packaged.parts):
                return packaged.parent, packaged
    raise wrong(
        f"extends {base!r}: there is no such file or installed package",
        remedy="Give a path from this file, or install the package.",
    )


def _moved(layer: dict[str, Any], folder: Path) -> dict[str, Any]:
    """``layer`` with the paths that it names counting from where ``folder`` does."""
    moved = dict(layer)
    if "baseline" in layer:
        moved["baseline"] = (folder / layer["baseline"]).as_posix()
    if "rule-folders" in layer:
        moved["rule-folders"] = [(folder / name).as_posix() for name in layer["rule-folders"]]
    if layer.get("links", {}).get("ca-file"):
        moved["links"] = {**layer["links"], "ca-file": (folder / layer["links"]["ca-file"]).as_posix()}
    return moved


def _toml(text: str, where: str) -> dict[str, Any]:
    from medlint.safe_toml import TomlError, loads

    try:
        return loads(text)
    except TomlError as error:
        raise ConfigError(where, f"not valid TOML: {error}", line=error.line, remedy="Correct this line.") from None


def _convert(values: Any, where: str, text: str = "") -> Config:
    """``values`` as a Config. Raises ConfigError for ``where``, with the line in ``text``."""
    try:
        config = msgspec.convert(values, Config)
    except msgspec.ValidationError as error:
        place, problem, remedy = misfit(error, Config)
        raise ConfigError(where, problem, line=lines(text).get(place), remedy=remedy) from None
    paths = {f"override[{number}].paths": override.paths for number, override in enumerate(config.override)}
    for place, globs in {"exclude": config.exclude, **paths}.items():
        try:
            if globs:
                _spec(globs)
        except ValueError:
            wrong = next(glob for glob in globs if not is_pattern(glob))
            problem = f"{place}: {wrong!r} is no gitignore pattern"
            raise ConfigError(where, problem, line=lines(text).get(place), remedy="Correct it.") from None
    return config


def _merge(
    into: dict[str, Any],
    layer: Mapping[str, Any],
    origins: dict[str, tuple[str, ...]],
    origin: str,
    prefix: str = "",
) -> None:
    """Merge ``layer`` over ``into``: tables by key, the lists of ``_ADDED`` by addition, the rest replaced."""
    for key, value in layer.items():
        place = f"{prefix}{key}"
        if isinstance(value, Mapping):
            if not value:  # which no setting in it can speak for
                origins[place] = (origin,)
            _merge(into.setdefault(key, {}), value, origins, origin, f"{place}.")
        elif place in _ADDED:
            into[key] = [*into.get(key, []), *value]
            origins[place] = (*origins.get(place, ()), origin)
        else:
            into[key] = value
            origins[place] = (origin,)


def line_of(path: Path, place: str) -> int | None:
    """The line of a TOML file on which ``place`` is set, or else what holds it."""
    try:
        found = lines(read_bytes(path).decode())
    except (ReadError, UnicodeDecodeError):
        return None
    while place and place not in found:
        place = place.rpartition(".")[0]
    return found.get(place)
