"""The disk: which files to check, their bytes, and writes that leave the old file or the new one, never a third thing."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from medlint.errors import ReadError
from medlint.readers import SUFFIXES

MAX_BYTES = 10_000_000
"""The default size limit of an article, in bytes."""
_SKIPPED_FOLDERS = frozenset(
    (".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".mypy_cache")
)


Skip = Callable[[Path, bool], bool]
"""Whether to leave out a path that is a folder (True) or a file."""


def discover(path: Path, skip: Skip | None = None) -> Iterator[Path]:
    """The articles at ``path``: a file as named, a folder walked in name order without what git ignores or ``skip`` says.

    Symbolic links in folders are not followed, and only regular files are yielded. Raises ReadError for a path that
    does not exist.
    """
    if path.is_dir():
        yield from _walk(path, _ignored_above(path), skip)
    elif path.exists() or path.is_symlink():
        yield path
    else:
        raise ReadError(str(path), "there is no such file or folder", remedy="Check the path.")


def _walk(folder: Path, ignored: list[tuple[Path, object]], skip: Skip | None) -> Iterator[Path]:
    if spec := _gitignore(folder):
        ignored = [*ignored, (folder, spec)]
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise ReadError(
            str(folder), f"the folder cannot be read: {error.strerror}", remedy="Check its permissions."
        ) from None
    for entry in entries:
        path = folder / entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        if _is_ignored(path, is_folder, ignored) or (skip and skip(path, is_folder)):
            continue
        if is_folder:
            if entry.name not in _SKIPPED_FOLDERS:
                yield from _walk(path, ignored, skip)
        elif entry.is_file(follow_symlinks=False) and path.suffix.lower() in SUFFIXES and path.suffix.lower() != ".txt":
            yield path


def _gitignore(folder: Path) -> object | None:
    try:
        lines = (folder / ".gitignore").read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)


def _ignored_above(folder: Path) -> list[tuple[Path, object]]:
    """The ignore files between ``folder`` and the root of its repository, outermost first."""
    found = []
    for parent in folder.resolve().parents:
        if (folder.resolve() / ".git").exists():
            break
        if spec := _gitignore(parent):
            found.append((parent, spec))
        if (parent / ".git").exists():
            return found[::-1]
    return []


def _is_ignored(path: Path, is_folder: bool, ignored: list[tuple[Path, object]]) -> bool:
    for base, spec in ignored:
        try:
            relative = path.absolute().relative_to(base.absolute()).as_posix()
        except ValueError:
            continue
        if spec.match_file(f"{relative}/" if is_folder else relative):  # type: ignore[attr-defined]
            return True
    return False


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The content of a regular file of at most ``limit`` bytes. Raises ReadError, and never blocks on a pipe."""
    name = str(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise ReadError(name, "there is no such file", remedy="Check the path.") from None
    except OSError as error:
        raise ReadError(name, f"the file cannot be opened: {error.strerror}", remedy="Check its permissions.") from None
    try:
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise ReadError(name, "this is not a regular file", remedy="Name the article itself.")
            if status.st_size > limit:
                size = f"{status.st_size:,} bytes, over the limit of {limit:,}"
                raise ReadError(
                    name, f"the file is too large: {size}", remedy="Raise 'max-bytes' in the configuration."
                )
            return file.read(limit + 1)[:limit]
    except OSError as error:
        raise ReadError(name, f"the file cannot be read: {error.strerror}", remedy="Check the disk.") from None


def write_atomically(path: Path, data: bytes, mode: int | None = None) -> None:
    """Replace ``path`` by ``data``: written beside it, synced, renamed. Raises OSError, and then leaves the old file."""
    import tempfile

    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
