"""Compiles the rule folder into the wheel, so that an installed medlint starts without reading YAML."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RuleBundle(BuildHookInterface):  # type: ignore[type-arg]
    """Adds ``medlint/rules/bundle.msgpack`` to a wheel; an editable install reads the checkout's rules instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        import msgspec

        from medlint.bundle import build

        path = Path(self.directory) / "bundle.msgpack"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(msgspec.msgpack.encode(build(root / "rules")))
        build_data["force_include"][str(path)] = "medlint/rules/bundle.msgpack"

    def finalize(self, *_: Any) -> None:
        """Leave nothing beside the wheel, where it would be taken for something to publish."""
        (Path(self.directory) / "bundle.msgpack").unlink(missing_ok=True)
