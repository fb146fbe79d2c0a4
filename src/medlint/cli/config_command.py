"""``medlint config``: the effective configuration, and where each value came from."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer


def command(
    path: Annotated[Path, typer.Argument(help="A file or folder of articles.")] = Path(),
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of medlint.toml instead.")] = False,
) -> int:
    import msgspec

    from medlint import config
    from medlint.report.terminal import Paint, coloured, safe

    if schema:
        from medlint.schema import schema as generated

        print(json.dumps(generated(), indent=2))
        return 0
    loaded = config.load(config.find(path)).at("" if path.is_dir() else path.as_posix())
    paint = Paint(coloured(sys.stdout))
    print(f"Files: {', '.join(map(safe, loaded.files)) or 'none; these are the defaults'}\n")
    values: dict[str, Any] = msgspec.to_builtins(loaded.config)
    defaults = _all(config.Config)
    for key, value in sorted(_flat({**defaults, **_merged(defaults, values)}).items()):
        origin = ", ".join(loaded.origins.get(key) or ("default",))
        print(f"{key} = {safe(json.dumps(value, ensure_ascii=False))}  {paint('dim', '# ' + safe(origin))}")
    return 0


def _all(shape: Any) -> dict[str, Any]:
    """Every setting of a section with its default, omitted or not."""
    import msgspec

    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(shape):
        default = field.default if field.default is not msgspec.NODEFAULT else field.default_factory()
        nested = isinstance(default, msgspec.Struct)
        found[field.encode_name] = _all(type(default)) if nested else msgspec.to_builtins(default)
    return found


def _merged(defaults: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: {**defaults[key], **value} if isinstance(value, dict) and isinstance(defaults.get(key), dict) else value
        for key, value in values.items()
    }


def _flat(values: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, dict) and value:
            found |= _flat(value, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = value
    return found
