"""``medlint accept``: a word of the project's own, from now on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EPILOG = "Example: medlint accept HbA1c --reason 'house style'"


def command(
    word: Annotated[str, typer.Argument(help="The word. With a capital it is accepted only as written.")],
    reason: Annotated[str, typer.Option("--reason", help="Why it is right; written beside it.")],
) -> int:
    from medlint.accept import with_word
    from medlint.config import find, load
    from medlint.errors import ConfigError
    from medlint.files import write_atomically

    path = find(Path())
    if path is None:
        raise ConfigError(".", "there is no configuration here", remedy="Write one with 'medlint init'.")
    load(path)
    if not reason.strip():
        raise ConfigError("--reason", "it is empty", remedy="Say why the word is right.")
    text = with_word(path.read_text("utf-8"), str(path), word, reason)
    write_atomically(path, text.encode())
    print(f"{path} accepts {word!r} from now on.")
    return 0
