"""Coverage-guided fuzzing by hand: ``python -m tests.fuzz TARGET [--seconds 600] [--corpus FOLDER]``.

Needs atheris (``pip install atheris``). The corpus begins with the seeds and keeps what reaches new code; an input that
breaks a target is left in the folder as ``crash-…``, to be made small and kept in ``tests/fuzz/found``. Without
a target, all take turns.
"""

from __future__ import annotations

import argparse
import hashlib
import pkgutil
import subprocess
import sys
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", nargs="?", help="one of tests.fuzz.targets.TARGETS; all in turn if left out")
    parser.add_argument("--seconds", type=int, default=600, help="how long each target has")
    parser.add_argument("--corpus", type=Path, default=Path(".fuzz"), help="where corpora and crashes are kept")
    chosen = parser.parse_args()
    try:
        import atheris
    except ImportError:
        print("atheris is not installed: pip install atheris", file=sys.stderr)
        return 2
    if chosen.target is None:
        from tests.fuzz.seeds import WORDS

        # A process each: a target that ends its process leaves the others theirs.
        options = ["--seconds", str(chosen.seconds), "--corpus", str(chosen.corpus)]
        return max(subprocess.call([sys.executable, "-m", "tests.fuzz", name, *options]) for name in WORDS)
    with atheris.instrument_imports(include=["medlint"]):
        import medlint

        # What is imported when it is first needed would go unwatched.
        for module in pkgutil.walk_packages(medlint.__path__, "medlint."):
            if not module.name.endswith("__main__"):
                __import__(module.name)
    from tests.fuzz.driver import LONGEST, run
    from tests.fuzz.seeds import WORDS, seeds

    corpus = chosen.corpus / chosen.target
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds(chosen.target):
        (corpus / hashlib.sha1(seed, usedforsecurity=False).hexdigest()).write_bytes(seed[:LONGEST])
    words = chosen.corpus / f"{chosen.target}.dict"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in WORDS[chosen.target] if word), "ascii")
    options = [
        f"-max_total_time={chosen.seconds}", f"-max_len={LONGEST}", f"-dict={words}", "-timeout=60", "-rss_limit_mb=4096",
        f"-artifact_prefix={chosen.corpus}/{chosen.target}-", "-print_final_stats=1", str(corpus),
    ]  # fmt: skip
    run(chosen.target, b"")  # what is made once is not any input's fault
    atheris.Setup([sys.argv[0], *options], lambda data: run(chosen.target, data))
    atheris.Fuzz()
    return 0


def _escaped(word: str) -> str:
    data = word.encode("utf-8", "surrogateescape")
    return "".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02x}" for byte in data)


if __name__ == "__main__":
    sys.exit(main())
