"""The version, a literal so that ``medlint --version`` need not read package metadata (35 ms)."""

__version__ = "0.1.0"
