"""The JSON Schema of ``medlint.toml``, for editors: made from the settings, the rules and the options of their checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from medlint import catalog, checks
from medlint.config import Config
from medlint.finding import Severity
from medlint.rule import Rule

URL = "https://medlint.readthedocs.io/medlint.schema.json"
_RULES = "RuleSettings"


def schema() -> Mapping[str, Any]:
    """The schema: every setting, and every built-in rule with its options; house rules may have any."""
    rules = catalog.builtin()
    used = sorted({rule.check for rule in rules} - {catalog.ENGINE})
    shapes = {name: checks.load(name).Options for name in used}
    _, parts = msgspec.json.schema_components((Config,), ref_template="#/$defs/{name}")
    for part in parts.values():
        if "description" in part:
            part["description"] = " ".join(part["description"].replace("``", "`").split())
        if "rules" in part.get("properties", {}):
            described = part["properties"]["rules"].get("description")
            part["properties"]["rules"] = {"$ref": f"#/$defs/{_RULES}", "description": described}
    severities = {"enum": [*Severity, "off"], "description": "How bad a finding is; off does not look for it."}
    parts[_RULES] = {
        "type": "object",
        "properties": {rule.name: _settings(rule, shapes.get(rule.check), severities) for rule in rules},
        "additionalProperties": {"type": "object", "properties": {"severity": severities}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": URL,
        "title": "medlint.toml",
        "$ref": "#/$defs/Config",
        "$defs": dict(sorted(parts.items())),
    }


def _settings(rule: Rule, shape: Any, severity: Mapping[str, Any]) -> Mapping[str, Any]:
    """What can be set of ``rule``: its severity, and the options of its check with the rule's own defaults."""
    properties: dict[str, Any] = {"severity": severity}
    if shape is not None:
        options = msgspec.json.schema(shape)
        for name, option in options["$defs"][shape.__name__]["properties"].items():
            option = {key: value for key, value in option.items() if key != "default"}
            if "$ref" in option:  # a part of a check's own: what it may hold is the check's to say
                option = {"type": "object"}
            own = rule.options.get(name, {})
            properties[name] = option if isinstance(own, (dict, list)) else option | {"default": own}
    return {"type": "object", "description": rule.summary, "properties": properties, "additionalProperties": False}
