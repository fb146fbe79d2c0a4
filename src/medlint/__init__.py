"""medlint: a linter for health articles. ``medlint.check(text, name=...)`` returns a Report."""
