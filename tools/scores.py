#!/usr/bin/env python3
"""Hold the scores on the shared reference pages to the level already reached.

usage: scores.py SHARED [--medlint CMD]     (SHARED: the folder with tools/, seed/ and gold/)

Prints both scores and exits 1 where one falls below ``FLOOR``. The pages are not part of this repository.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

FLOOR = {"seed": 113, "gold facts": 212, "sentences found": 105}
CEILING = {"corrected sentences flagged": 8}


def main() -> int:
    """Run both scripts, print what they print, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--medlint", default="medlint")
    arguments = parser.parse_args()
    tools = arguments.shared / "tools"
    seed = _run(tools / "score_seed.py", "--medlint", arguments.medlint)
    print(seed)
    gold = _run(tools / "score_gold.py", "--medlint", arguments.medlint)
    print(gold)
    data = json.loads(_run(tools / "score_gold.py", "--medlint", arguments.medlint, "--json"))
    met = re.search(r"(\d+) of (\d+) expectations met", seed)
    facts = data["facts"].values()
    reached = {
        "seed": int(met[1]) if met else -1,
        "gold facts": sum(row.get("TP", 0) + row.get("TN", 0) + row.get("right", 0) for row in facts),
        "sentences found": sum(row["found"] for row in data["sentences"].values()),
    }
    flagged = {"corrected sentences flagged": sum(row["corrected_flagged"] for row in data["sentences"].values())}
    print(f"reached: {reached | flagged}")
    below = [name for name, floor in FLOOR.items() if reached[name] < floor]
    above = [name for name, ceiling in CEILING.items() if flagged[name] > ceiling]
    for name in below:
        print(f"{name}: {reached[name]} is below the level already reached, {FLOOR[name]}")
    for name in above:
        print(f"{name}: {flagged[name]} is above the level already reached, {CEILING[name]}")
    return int(bool(below or above))


def _run(script: Path, *arguments: str) -> str:
    done = subprocess.run([sys.executable, str(script), *arguments], capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip()


if __name__ == "__main__":
    sys.exit(main())
