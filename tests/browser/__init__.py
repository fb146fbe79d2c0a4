"""The editors' report in a real browser."""
