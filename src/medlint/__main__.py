"""``python -m medlint``: the folder it is run in is not searched for modules, since it may be somebody else's."""

import sys
from pathlib import Path

if sys.path and sys.path[0] in ("", str(Path.cwd())):
    del sys.path[0]

from medlint._entry import main

main()
