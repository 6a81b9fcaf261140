#!/usr/bin/env bash
# Makes .venv with Python 3.10 and the exact packages of requirements.lock. Does nothing when both are in place.
set -euo pipefail
cd "$(dirname "$0")/.."

want=$(cat requirements.lock pyproject.toml scripts/setup.sh | sha256sum | cut -d' ' -f1)
stamp=.venv/lotse-setup
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ] && exit 0

is_310() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; }

find_python() {
  local candidate version
  for candidate in python3.10 python3 python; do
    if command -v "$candidate" >/dev/null 2>&1 && is_310 "$candidate"; then echo "$candidate"; return; fi
  done
  if command -v pyenv >/dev/null 2>&1; then
    for version in $(pyenv versions --bare 2>/dev/null | grep '^3\.10' | sort -Vr); do
      candidate="$(pyenv prefix "$version")/bin/python"
      if is_310 "$candidate"; then echo "$candidate"; return; fi
    done
  fi
  if command -v uv >/dev/null 2>&1 && candidate=$(uv python find 3.10 2>/dev/null) && is_310 "$candidate"; then echo "$candidate"; return; fi
  if command -v uv >/dev/null 2>&1 && uv python install 3.10 >/dev/null 2>&1 && candidate=$(uv python find 3.10 2>/dev/null) && is_310 "$candidate"; then echo "$candidate"; return; fi
  return 1
}

if ! python=$(find_python); then
  echo "Fehler: Python 3.10 fehlt. Rasa 3.6 läuft nur damit. Abhilfe: 'pyenv install 3.10' oder 'uv python install 3.10', dann noch einmal starten." >&2
  exit 3
fi

echo "Einrichtung: Python-Umgebung und Pakete (einmalig, einige Minuten) …" >&2
rm -f "$stamp"
is_310 .venv/bin/python || { rm -rf .venv; "$python" -m venv .venv; }
if command -v uv >/dev/null 2>&1; then
  uv pip sync --quiet --python .venv/bin/python --require-hashes requirements.lock
else
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
fi
.venv/bin/python -m compileall -q -j 0 .venv/lib || true  # some packages carry files for other Pythons; without it every start compiles Rasa anew (8 s)
# The project itself needs no build: a path entry and a launcher (setuptools cannot build beside Rasa's old `packaging`).
echo "$PWD" > "$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/lotse.pth"
printf '#!/bin/sh\nexec "%s" -m bot.cli "$@"\n' "$PWD/.venv/bin/python" > .venv/bin/lotse
chmod +x .venv/bin/lotse
echo "$want" > "$stamp"
