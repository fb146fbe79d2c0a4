"""``python -m medlint``: the folder it is run in is not searched for modules, since it may be somebody else's."""

import os
import sys

if sys.path and sys.path[0] in ("", os.getcwd()):  # noqa: PTH109 (pathlib takes longer than the rest of --version)
    del sys.path[0]

from medlint._entry import main

main()
