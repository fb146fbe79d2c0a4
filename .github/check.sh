#!/usr/bin/env bash
# What the action runs: the console script, whose arguments come from the environment.
set -uo pipefail
arguments=(check --format github --fail-on "$FAIL_ON")
[ -n "$SINCE" ] && arguments+=(--since "$SINCE")
[ "$OFFLINE" = true ] && arguments+=(--offline)
[ -n "$CONFIG_FROM" ] && arguments+=(--config-from-ref "$CONFIG_FROM")
[ -n "$SARIF" ] && arguments+=(--report "sarif=$SARIF")
mapfile -t paths < <(printf '%s\n' "$PATHS" | sed '/^[[:space:]]*$/d')
"${MEDLINT:-$RUNNER_TEMP/medlint/bin/medlint}" "${arguments[@]}" -- "${paths[@]}"
code=$?
echo "exit-code=$code" >> "$GITHUB_OUTPUT"
exit "$code"
