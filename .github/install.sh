#!/usr/bin/env bash
# What the action installs, into an environment of its own: a release, or the checkout that it came with.
set -euo pipefail
"$PYTHON" -m venv "$RUNNER_TEMP/medlint"
scripts="$RUNNER_TEMP/medlint/bin"
[ -d "$scripts" ] || scripts="$RUNNER_TEMP/medlint/Scripts"
if [ -n "$MEDLINT_VERSION" ]; then
  "$scripts/python" -m pip install --quiet --disable-pip-version-check "medlint==$MEDLINT_VERSION"
else
  "$scripts/python" -m pip install --quiet --disable-pip-version-check "$GITHUB_ACTION_PATH"
fi
