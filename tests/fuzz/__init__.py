"""Targets that any bytes are thrown at: in the suite by Hypothesis, by hand and for longer by atheris."""
