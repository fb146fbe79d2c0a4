"""What medlint asks git: changed lines, and configuration as a commit has it. Nothing a repository says can run a program."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from medlint.errors import ConfigError

_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_REF = re.compile(r"[\w./@^~{}+-]{1,200}")
_CONFIGURATION = (".toml", ".yaml", ".yml", ".json")


def changed_lines(path: Path, ref: str) -> list[range] | None:
    """The ranges of lines of ``path`` that differ from ``ref``; None for a file that is new or not in a repository.

    Raises ConfigError where ``ref`` is no commit.
    """
    folder = path.parent if path.parent.is_dir() else Path()
    _commit(folder, ref, "--since")
    if _git(folder, "cat-file", "-e", f"{ref}:./{path.name}") is None:
        return None
    # The options keep configuration in the checked repository from running a program.
    options = ("--no-ext-diff", "--no-textconv", "--no-color", "-U0")
    text = (_git(folder, "diff", *options, ref, "--", path.name) or b"").decode("utf-8", "replace")
    return [range(int(start), int(start) + int(count or 1)) for start, count in _HUNK.findall(text)]


def file_at(path: Path, ref: str) -> bytes | None:
    """The content of ``path`` in the commit ``ref``; None if it is not there."""
    return _git(path.parent, "show", f"{ref}:./{path.name}")


@cache
def configuration_at(folder: Path, ref: str) -> tuple[Path, Path]:
    """The configuration files of the commit ``ref`` in a folder of their own, and the root of the repository they mirror.

    Only files that can hold configuration or rules are taken. Raises ConfigError where ``ref`` is no commit here.
    """
    import io
    import tarfile
    import tempfile

    _commit(folder, ref, "--config-from-ref")
    root = Path((_git(folder, "rev-parse", "--show-toplevel") or b"").decode("utf-8", "surrogateescape").strip())
    listed = (
        (_git(root, "ls-tree", "-r", "-z", "--name-only", ref) or b"").decode("utf-8", "surrogateescape").split("\0")
    )
    wanted = [name for name in listed if name.endswith(_CONFIGURATION)]
    target = Path(tempfile.mkdtemp(prefix="medlint-config-"))
    (target / ".git").mkdir()  # the search for configuration ends here, as it does at the repository's root
    for start in range(0, len(wanted), 500):
        packed = _git(root, "archive", "--format=tar", ref, "--", *wanted[start : start + 500])
        if packed is not None:
            with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
                archive.extractall(target, filter="data")
    return target, root


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
