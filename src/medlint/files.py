"""The disk: which files to check, their bytes, and writes that leave the old file or the new one, never a third thing."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from medlint import limits
from medlint.errors import ReadError
from medlint.readers import SUFFIXES

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

MAX_BYTES = 10_000_000
"""The default size limit of an article, in bytes."""
_SKIPPED_FOLDERS = frozenset(
    (".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".mypy_cache")
)


Skip = Callable[[Path, bool], bool]
"""Whether to leave out a path that is a folder (True) or a file."""


def discover(path: Path, skip: Skip | None = None) -> Iterator[Path]:
    """The articles at ``path``: a file as named, a folder walked in name order without what git ignores or ``skip`` says.

    Symbolic links in folders are not followed, and only regular files are yielded; a folder that cannot be read is
    yielded itself, so that reading it says why. Raises ReadError for a path that does not exist.
    """
    if path.is_dir():
        yield from _walk(path, skip)
    elif path.exists() or path.is_symlink():
        yield path
    else:
        raise ReadError(str(path), "there is no such file or folder", remedy="Check the path.")


_Ignored = tuple[tuple[Path, "GitIgnoreSpec"], ...]


def _walk(folder: Path, skip: Skip | None) -> Iterator[Path]:
    """The articles below ``folder``, whatever its depth."""
    waiting: list[tuple[Path, bool, _Ignored]] = [(folder, True, _ignored_above(folder))]
    while waiting:
        path, is_folder, ignored = waiting.pop()
        if not is_folder:
            yield path
            continue
        if spec := _gitignore(path):
            ignored = (*ignored, (path, spec))
        try:
            entries = sorted(os.scandir(path), key=lambda entry: entry.name, reverse=True)
        except OSError:
            yield path
            continue
        for entry in entries:
            below, is_folder = path / entry.name, entry.is_dir(follow_symlinks=False)
            if not (_may_hold(entry) if is_folder else _is_article(entry)):
                continue
            if not _is_ignored(below, is_folder, ignored) and not (skip and skip(below, is_folder)):
                waiting.append((below, is_folder, ignored))


def _may_hold(entry: os.DirEntry[str]) -> bool:
    return entry.name not in _SKIPPED_FOLDERS


def _is_article(entry: os.DirEntry[str]) -> bool:
    suffix = Path(entry.name).suffix.lower()
    return suffix in SUFFIXES and suffix != ".txt" and entry.is_file(follow_symlinks=False)


def _gitignore(folder: Path) -> GitIgnoreSpec | None:
    try:
        lines = read_bytes(folder / ".gitignore").decode("utf-8", "replace").splitlines()
    except ReadError:
        return None
    try:
        return patterns(lines)
    except ValueError:  # git passes over a line that is no pattern
        return patterns(filter(is_pattern, lines))


def patterns(lines: Iterable[str]) -> GitIgnoreSpec:
    """The gitignore patterns ``lines``. Raises ValueError if one of them is none."""
    import warnings

    from pathspec import GitIgnoreSpec

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # a bracket within brackets, which means itself
        try:
            return GitIgnoreSpec.from_lines(lines)
        except Exception as error:  # its own, or that of the engine that it found: re's and RE2's are no ValueError
            raise ValueError(str(error)) from None


def is_pattern(line: str) -> bool:
    """Whether ``line`` can stand among gitignore patterns."""
    try:
        patterns([line])
    except ValueError:
        return False
    return True


def _ignored_above(folder: Path) -> _Ignored:
    """The ignore files between ``folder`` and the root of its repository, outermost first."""
    found: list[tuple[Path, GitIgnoreSpec]] = []
    for parent in folder.resolve().parents:
        if (folder.resolve() / ".git").exists():
            break
        if spec := _gitignore(parent):
            found.append((parent, spec))
        if (parent / ".git").exists():
            return tuple(reversed(found))
    return ()


def _is_ignored(path: Path, is_folder: bool, ignored: _Ignored) -> bool:
    for base, spec in ignored:
        try:
            relative = path.absolute().relative_to(base.absolute()).as_posix()
        except ValueError:
            continue
        if matches(spec, f"{relative}/" if is_folder else relative):
            return True
    return False


def matches(spec: GitIgnoreSpec, name: str) -> bool:
    """Whether gitignore-style patterns cover ``name``. Raises ReadError for patterns on which that takes for ever."""
    try:
        return bool(limits.bounded(spec.match_file, name))
    except limits.Overrun:
        problem = "comparing its name with the patterns of .gitignore and 'exclude' takes too long"
        raise ReadError(name, problem, remedy="Write patterns with fewer asterisks.") from None


_SMALLER = "Name a smaller file."
_HIGHER = "Raise 'max-bytes' in the configuration."


def read_bytes(path: Path, limit: int = MAX_BYTES, *, remedy: str = _SMALLER) -> bytes:
    """The content of a regular file of at most ``limit`` bytes. Raises ReadError, and never blocks on a pipe.

    ``remedy`` is what to do about a larger one.
    """
    name = str(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise ReadError(name, "there is no such file", remedy="Check the path.") from None
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        problem = f"the file cannot be opened: {getattr(error, 'strerror', error)}"
        raise ReadError(name, problem, remedy="Check its permissions.") from None
    try:
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise ReadError(name, "this is not a regular file", remedy="Name the article itself.")
            if status.st_size > limit:
                raise too_large(name, status.st_size, limit, remedy)
            content = file.read(limit + 1)
    except OSError as error:
        raise ReadError(name, f"the file cannot be read: {error.strerror}", remedy="Check the disk.") from None
    if len(content) > limit:  # files of the kernel say that they are empty
        raise too_large(name, len(content), limit, remedy)
    return content


def read_article(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The content of an article as ``read_bytes`` gives it. A symbolic link is followed only within its own folder and
    the current one, so that a link in a change under check cannot put other files of the machine into a report."""
    if path.is_symlink():
        target = path.resolve()
        if not any(target.is_relative_to(root) for root in (path.parent.resolve(), Path.cwd())):
            raise ReadError(str(path), "this is a link to a file elsewhere", remedy="Name that file itself.")
    return read_bytes(path, limit, remedy=_HIGHER)


def too_large(name: str, size: int, limit: int, remedy: str = _HIGHER) -> ReadError:
    """The error for content of ``size`` bytes, which is over ``limit``."""
    problem = f"the file is too large: {size:,} bytes, over the limit of {limit:,}"
    return ReadError(name, problem, remedy=remedy)


STALE_SECONDS = 600.0
"""How old the temporary file of another process must be to be taken for one that was killed."""


def write_atomically(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data``: written beside it, synced, renamed. Raises OSError, and then leaves the old file.

    Permissions and owner stay what they were, and a file that is read-only is left alone, though it could be replaced.
    What is no regular file (a pipe, ``/dev/stdout``) has no old content to keep and is written to; a symbolic link stays,
    and the file it leads to is replaced.
    """
    try:
        before = None
        with suppress(FileNotFoundError):
            before = path.stat()
        if before is None or stat.S_ISREG(before.st_mode):
            if before is not None and not (before.st_mode & 0o222 and os.access(path, os.W_OK)):
                raise PermissionError(errno.EACCES, "it is read-only")
            path = path.resolve()
            _replace(path, data, before)
        else:
            with path.open("wb") as stream:
                stream.write(data)
    except OSError as error:
        error.filename = str(path)
        raise


def _replace(path: Path, data: bytes, before: os.stat_result | None) -> None:
    from secrets import token_hex

    temporary = path.with_name(f".{path.name[:40]}.{token_hex(6)}.tmp")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(temporary, flags, 0o600 if before else 0o666)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if before is not None:
            _keep_owner(temporary, before)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    _settle(path)


def _keep_owner(temporary: Path, before: os.stat_result) -> None:
    status = temporary.stat()
    if hasattr(os, "chown") and (status.st_uid, status.st_gid) != (before.st_uid, before.st_gid):
        with suppress(OSError):  # only root may give files away
            os.chown(temporary, before.st_uid, before.st_gid)
    temporary.chmod(stat.S_IMODE(before.st_mode))


def _settle(path: Path) -> None:
    """Make the rename itself last, and sweep what killed processes left of earlier writes. The file is written whatever
    comes of it."""
    with suppress(OSError):
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    import time
    from glob import escape

    with suppress(OSError):
        for left in path.parent.glob(f".{escape(path.name[:40])}.*.tmp"):
            if time.time() - left.stat().st_mtime > STALE_SECONDS:
                left.unlink()
