"""``medlint init``: write a commented medlint.toml."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

TEMPLATE = """\
#:schema https://medlint.readthedocs.io/medlint.schema.json
# Settings of medlint for the articles at and below this folder. 'medlint config' shows what is in force and why.

# The gate: error, warning, info or never.
fail-on = "error"

# Files that are no articles (gitignore patterns).
exclude = ["drafts/", "README.md"]

# Spellings to accept: whole word, case-insensitive unless the entry has a capital.
words = []

[profile]
# Whose crisis lines and spelling: us, uk, ca, au, ie, nz, za, in ...
region = "{region}"
# patient, carer or clinician.
audience = "patient"
# provider, publisher, charity, government or retailer.
publisher = "publisher"

[links]
# true: make no network request.
offline = false

# A rule's severity (error, warning, info, "off") and options; 'medlint explain RULE' lists them.
# [rules.reading-grade-too-high]
# severity = "info"

# Your own wording, offered where a page lacks it.
# [snippets]
# disclaimer = "This article is for information only. It does not replace advice from your doctor."
# crisis-line = "If you are thinking about suicide, call or text 988, or chat at 988lifeline.org."

# [[override]]
# paths = ["clinicians/"]
# profile = {{audience = "clinician"}}
"""


def command(
    folder: Annotated[Path, typer.Argument(help="Where to write medlint.toml.")] = Path(),
    region: Annotated[str, typer.Option("--region", help="The readers' country.")] = "us",
) -> int:
    from medlint.config import FILE_NAME, parse
    from medlint.errors import ConfigError
    from medlint.files import write_atomically

    path = folder / FILE_NAME
    if path.exists():
        raise ConfigError(str(path), "there is already a configuration", remedy="Edit it, or remove it first.")
    text = TEMPLATE.format(region=region)
    parse(text, str(path))
    write_atomically(path, text.encode())
    print(f"Wrote {path}. 'medlint check' uses it from now on.")
    return 0
