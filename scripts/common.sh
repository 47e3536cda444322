# What every script needs: the project's folder, plain messages, and a uv of our own.
# Sourced, never run.
# shellcheck disable=SC2034

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
ROOT=$PWD
TOOLS=$ROOT/.tools
VENV=$ROOT/.venv
export UV_PYTHON_PREFERENCE=system UV_NO_PROGRESS=1
export UV_SYSTEM_CERTS=${UV_SYSTEM_CERTS:-true}
# An environment that the caller happens to be in is not ours.
unset VIRTUAL_ENV UV_PROJECT_ENVIRONMENT PYTHONPATH PYTHONHOME

# A home or a folder for temporary files that is named but cannot be used breaks every tool in its own way.
if [ ! -w "${HOME:-/nonexistent}" ]; then
  export HOME=$TOOLS/home
  mkdir -p "$HOME" 2>/dev/null || true
fi
if [ -n "${TMPDIR:-}" ] && { [ ! -d "$TMPDIR" ] || [ ! -w "$TMPDIR" ]; }; then
  unset TMPDIR
fi

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $1"
  [ $# -lt 2 ] || say "  what to do: $2"
  exit 1
}

FAILURE=

# Run a command quietly. When it fails, keep what it printed in FAILURE.
quietly() {
  FAILURE=$("$@" 2>&1) && return 0
  return 1
}

# End with one line that says what to do about the last failure: "TASK failed: …".
give_up() {
  local free
  case $FAILURE in
    *"No space left on device"* | *"os error 28"* | *"Disk quota exceeded"*)
      free=$(df -Ph "$ROOT" | awk 'NR == 2 { print $4 }')
      die "$1 failed: the disk is full ($free free in $ROOT)" "free about 3 GB there and in uv's cache, then run this again"
      ;;
    *"error sending request"* | *"dns error"* | *"client error (Connect)"* | *"Failed to fetch"* | *"Temporary failure"* | *"Could not resolve"* | \
      *"NewConnectionError"* | *"Network is unreachable"* | *"timed out"*)
      die "$1 failed: the network, or what serves the packages, cannot be reached" "check the network (and a proxy, if you need one), then run this again"
      ;;
    *"Permission denied"* | *"os error 13"* | *"Read-only file system"*)
      die "$1 failed: a file or folder may not be written" "check who owns $ROOT and uv's cache"
      ;;
  esac
  printf '%s\n' "$FAILURE" | tail -n 15 >&2
  die "$1 failed" "${2:-see the lines above}"
}

# Whether this uv knows what we ask of it.
is_new_enough() {
  local version
  version=$("$1" --version 2>/dev/null | awk '{ print $2 }') || return 1
  [ "$(printf '0.9.0\n%s\n' "$version" | sort -V | head -n 1)" = 0.9.0 ]
}

# Set UV to a working uv: the machine's own, or one installed into .tools.
need_uv() {
  local python
  if UV=$(command -v uv) && is_new_enough "$UV"; then
    return
  fi
  UV=$TOOLS/bin/uv
  ! is_new_enough "$UV" || return 0
  for python in python3 python; do
    command -v "$python" >/dev/null || continue
    rm -rf "$TOOLS"
    mkdir -p "$HOME" 2>/dev/null || true
    quietly "$python" -m venv "$TOOLS" ||
      give_up "making a virtual environment with $python" "install its venv module (Debian: apt-get install python3-venv), or install uv yourself"
    quietly "$TOOLS/bin/python" -m pip install --quiet --disable-pip-version-check uv==0.13.9 ||
      give_up "installing uv with $python" "install uv yourself, then run this again"
    return
  done
  die "neither uv nor Python is on this machine" "install one of them"
}
