#!/bin/sh
# Sets up what "make site" (argument: site) or "make test" (argument: test) needs, once.
# Python packages, Node and Java among them, go into .venv from the hash-pinned lists here, and
# JavaScript tools into tests/node_modules from the lock beside it; only the system's own package
# manager touches anything outside this folder, and it is said before.
set -eu

goal=$1
lock=requirements/$goal.txt
python=${PYTHON:-python3}

# Install Debian packages, or say in one sentence what to install.
need_packages() {
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Tältä koneelta puuttuu: $*. Asenna ne järjestelmän omalla tavalla ja aja komento uudelleen." >&2
    exit 1
  fi
  admin=
  [ "$(id -u)" = 0 ] || admin=sudo
  echo "Asennan järjestelmään paketit: $*"
  $admin apt-get update -q >/dev/null
  $admin env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >/dev/null
}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "Tarvitaan Python 3.11 tai uudempi. Aseta tarvittaessa PYTHON=polku/python3." >&2
  exit 1
fi
"$python" -c 'import ensurepip' 2>/dev/null || need_packages python3-venv

if [ "$goal" = test ]; then
  missing=
  command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
  command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
  ls /usr/lib/*/faketime/libfaketime.so.1 >/dev/null 2>&1 || missing="$missing libfaketime"
  ls /usr/lib/*/libatomic.so.1 >/dev/null 2>&1 || missing="$missing libatomic1"
  command -v firefox-esr >/dev/null 2>&1 || missing="$missing firefox-esr"
  command -v zbarimg >/dev/null 2>&1 || missing="$missing zbar-tools"
  # shellcheck disable=SC2086
  [ -z "$missing" ] || need_packages $missing
fi

sum_of() {
  cat "requirements/$1.txt" requirements/setup.sh pyproject.toml tests/package-lock.json | cksum
}
is_ready() {
  [ -x .venv/bin/palvelupolku ] && [ "$(cat ".venv/.ready-$1" 2>/dev/null)" = "$(sum_of "$1")" ] || return 1
  [ "$1" = site ] || [ -e tests/node_modules/.package-lock.json ]
}
# The test environment holds all that the site needs, so it serves both.
if is_ready test || is_ready "$goal"; then
  exit 0
fi

echo "Asennan Python-paketit kansioon .venv (ensimmäisellä kerralla muutama minuutti) ..."
[ -x .venv/bin/pip ] || "$python" -m venv .venv
.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$lock"
.venv/bin/python -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
# The embedded Graphviz leans on a few libraries that every desktop has and a bare server may lack.
.venv/bin/python -c 'import pygraphviz' 2>/dev/null || need_packages libglib2.0-0 libxext6 libxrender1
if [ "$goal" = test ]; then
  echo "Asennan JavaScript-työkalut kansioon tests/node_modules ..."
  (cd tests && ../.venv/bin/npm ci --ignore-scripts --loglevel=error)
fi
sum_of "$goal" > ".venv/.ready-$goal"
