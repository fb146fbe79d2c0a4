#!/usr/bin/env bash
# What the action runs: the console script, whose arguments come from the environment. Bash 3.2 (macOS) is enough.
set -uo pipefail
arguments=(check --format github)
[ -n "$FAIL_ON" ] && arguments+=(--fail-on "$FAIL_ON")
[ -n "$SINCE" ] && arguments+=(--since "$SINCE")
[ "$OFFLINE" = true ] && arguments+=(--offline)
[ -n "$CONFIG_FROM" ] && arguments+=(--config-from-ref "$CONFIG_FROM")
while IFS= read -r report; do
  [ -n "${report//[[:space:]]/}" ] && arguments+=(--report "$report")
done <<< "$REPORTS"
arguments+=(--)
while IFS= read -r path; do
  [ -n "${path//[[:space:]]/}" ] && arguments+=("$path")
done <<< "$PATHS"
scripts="$RUNNER_TEMP/medlint/bin"
[ -d "$scripts" ] || scripts="$RUNNER_TEMP/medlint/Scripts"
"$scripts/medlint" "${arguments[@]}"
code=$?
echo "exit-code=$code" >> "$GITHUB_OUTPUT"
exit "$code"
