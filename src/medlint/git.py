"""What medlint asks git: changed lines, and configuration as a commit has it. Nothing a repository says can run a program."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from medlint.errors import ConfigError

_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_REF = re.compile(r"[\w./@^~{}+-]{1,200}")
# Configuration in the checked repository must not run a program.
_QUIETLY = ("--no-ext-diff", "--no-textconv", "--no-color", "--no-renames")
_CONFIGURATION = (".toml", ".yaml", ".yml", ".json")


class Changes:
    """What differs between the files and the commit ``ref``, asked of git once for each repository."""

    def __init__(self, ref: str, option: str) -> None:
        self._ref = ref
        self._option = option
        self._roots: dict[Path, Path] = {}
        self._listed: dict[Path, tuple[frozenset[str], frozenset[str]]] = {}

    def lines(self, path: Path) -> tuple[range, ...] | None:
        """The ranges of lines of ``path`` that differ; None for a file that the commit does not have.

        Raises ConfigError where there is no such commit.
        """
        root, name = self._place(path)
        known, changed = self._listed[root]
        if name not in known:
            return None
        if name not in changed:
            return ()
        text = (_git(root, "diff", *_QUIETLY, "-U0", self._ref, "--", f":(literal){name}") or b"").decode(
            "utf-8", "replace"
        )
        return tuple(range(int(start), int(start) + int(count or 1)) for start, count in _HUNK.findall(text))

    def before(self, path: Path) -> bytes | None:
        """The content of ``path`` in the commit; None if it is not there."""
        root, name = self._place(path)
        return _git(root, "show", f"{self._ref}:{name}")

    def _place(self, path: Path) -> tuple[Path, str]:
        """The root of the repository of ``path``, whose files are listed from then on, and its name from there."""
        folder = path.parent.resolve()
        if folder not in self._roots:
            _commit(folder, self._ref, self._option)
            root = _root(folder)
            self._roots[folder] = root
            if root not in self._listed:
                known = _names(root, "ls-tree", "-r", "-z", "--name-only", self._ref)
                changed = _names(root, "diff", *_QUIETLY, "-z", "--name-only", self._ref)
                self._listed[root] = known, changed
        root = self._roots[folder]
        return root, (folder / path.name).relative_to(root).as_posix()


@cache
def configuration_at(folder: Path, ref: str) -> tuple[Path, Path]:
    """The configuration files of the commit ``ref`` in a folder of their own, and the root of the repository they mirror.

    Only files that can hold configuration or rules are taken. Raises ConfigError where ``ref`` is no commit here.
    """
    import atexit
    import io
    import tarfile
    import tempfile

    _commit(folder, ref, "--config-from-ref")
    root = _root(folder)
    listed = _names(root, "ls-tree", "-r", "-z", "--name-only", ref)
    wanted = sorted(name for name in listed if name.endswith(_CONFIGURATION))
    temporary = tempfile.TemporaryDirectory(prefix="medlint-config-")
    atexit.register(temporary.cleanup)
    target = Path(temporary.name)
    (target / ".git").mkdir()  # the search for configuration ends here, as it does at the repository's root
    for start in range(0, len(wanted), 500):
        packed = _git(root, "archive", "--format=tar", ref, "--", *wanted[start : start + 500])
        if packed is not None:
            with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
                archive.extractall(target, filter="data")
    return target, root


def _root(folder: Path) -> Path:
    """The root of the repository that ``folder`` lies in."""
    return Path(
        (_git(folder, "rev-parse", "--show-toplevel") or b"").decode("utf-8", "surrogateescape").strip()
    ).resolve()


def _names(root: Path, *arguments: str) -> frozenset[str]:
    """The file names that git lists, from the root."""
    listed = (_git(root, *arguments) or b"").decode("utf-8", "surrogateescape")
    return frozenset(name for name in listed.split("\0") if name)


def _commit(folder: Path, ref: str, option: str) -> None:
    if not _REF.fullmatch(ref) or ref.startswith("-"):
        raise ConfigError(option, f"{ref!r} is not a commit", remedy="Name a branch, tag or commit.")
    if _git(folder, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}") is None:
        raise ConfigError(option, f"git knows no commit {ref!r} here", remedy="Fetch it, or name another.")


def _git(folder: Path, *arguments: str) -> bytes | None:
    import subprocess

    command = ["git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
