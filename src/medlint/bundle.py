"""The rule folder compiled into one file that loads in a few milliseconds.

YAML is for people and takes a second to read; the bundle is what a run reads. A wheel carries one, built with it. In a
checkout it is kept in the user's cache folder, keyed by the path, size and time of every file, and made again when
any of them changes; a bundle that cannot be read or written costs time, never a result.
"""

import os
from functools import cache as once
from pathlib import Path
from typing import Any

import msgspec

from medlint import cache
from medlint._version import __version__
from medlint.digests import sha256

_FORMAT = 1


class Bundle(msgspec.Struct, frozen=True):
    """Every rule file and data table: ``rules`` are (path, decoded YAML as msgpack), ``data`` the tables by name."""

    key: str
    digest: str
    rules: dict[str, bytes]
    data: dict[str, bytes]


@once
def folder() -> Path:
    """The rule folder: the one inside the installed package, else the checkout's."""
    packaged = Path(__file__).parent / "rules"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "rules"


@once
def load() -> Bundle:
    """The bundle of the rule folder."""
    shipped = folder() / "bundle.msgpack"
    key = f"{_FORMAT}:{__version__}"
    if shipped.is_file() and (bundle := _read(shipped, key)):
        return bundle
    key = f"{key}:{_state(folder())}"
    cached = cache.folder() / f"rules-{cache.INSTALLATION}.msgpack"
    if bundle := _read(cached, key):
        return bundle
    bundle = build(folder(), key)
    _write(cached, bundle)
    return bundle


def build(root: Path, key: str = f"{_FORMAT}:{__version__}") -> Bundle:
    """Read every YAML file under ``root``. Raises RuleError for one that is not safe YAML."""
    from medlint.safe_yaml import OURS, read

    rules: dict[str, bytes] = {}
    data: dict[str, bytes] = {}
    digest = sha256()
    for path in sorted(root.rglob("*.yaml")):
        name = path.relative_to(root).as_posix()
        content = path.read_bytes()
        digest.update(name.encode() + b"\0" + content + b"\0")
        packed = msgspec.msgpack.encode(read(content.decode("utf-8"), str(path), most=OURS))
        if name.startswith("data/"):
            data[path.stem] = packed
        else:
            rules[name] = packed
    return Bundle(key, f"sha256:{digest.hexdigest()}", rules, data)


def _state(root: Path) -> str:
    """A digest of the path, size and time of every file under ``root``."""
    lines: list[str] = []
    for directory in (root, *(Path(entry.path) for entry in os.scandir(root) if entry.is_dir())):
        for entry in os.scandir(directory):
            if entry.name.endswith(".yaml"):
                stat = entry.stat()
                lines.append(f"{entry.path}\0{stat.st_size}\0{stat.st_mtime_ns}")
    return sha256("\n".join(sorted(lines)).encode("utf-8", "surrogateescape")).hexdigest()


def _read(path: Path, key: str) -> Bundle | None:
    try:
        bundle = msgspec.msgpack.decode(path.read_bytes(), type=Bundle)
    except (OSError, msgspec.DecodeError):
        return None
    return bundle if bundle.key == key else None


def _write(path: Path, bundle: Bundle) -> None:
    from medlint.files import write_atomically

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, msgspec.msgpack.encode(bundle))
    except OSError:
        return


def plain(value: bytes) -> Any:
    """A packed YAML document as plain dictionaries and lists."""
    return msgspec.msgpack.decode(value)
