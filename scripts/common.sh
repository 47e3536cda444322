# Shared by all scripts: the project's folder, messages, and a uv. Sourced, never run.
# shellcheck disable=SC2034

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
ROOT=$PWD
TOOLS=$ROOT/.tools
VENV=$ROOT/.venv
export UV_PYTHON_PREFERENCE=system UV_NO_PROGRESS=1
export UV_SYSTEM_CERTS=${UV_SYSTEM_CERTS:-true}
# Ignore the caller's Python environment; without bytecode files, every start takes seconds longer.
unset VIRTUAL_ENV UV_PROJECT_ENVIRONMENT PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE

# Tools fail in different ways when HOME or TMPDIR is set but not usable.
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
  [ $# -lt 2 ] || say "  fix: $2"
  exit 1
}

FAILURE=

# Run a command without output. When it fails, keep its output in FAILURE.
quietly() {
  FAILURE=$("$@" 2>&1) && return 0
  return 1
}

# Exit with one line about the last failure and its fix: "TASK failed: …".
give_up() {
  local free
  case $FAILURE in
    *"No space left on device"* | *"os error 28"* | *"Disk quota exceeded"* | *ENOSPC*)
      free=$(df -Ph "$ROOT" | awk 'NR == 2 { print $4 }')
      die "$1 failed: the disk is full ($free free in $ROOT)" "free about 3 GB there and in uv's cache, and try again"
      ;;
    *"error sending request"* | *"dns error"* | *"client error (Connect)"* | *"Failed to fetch"* | *"Temporary failure"* | *"Could not resolve"* | \
      *"NewConnectionError"* | *"Network is unreachable"* | *"timed out"* | *ENOTFOUND* | *EAI_AGAIN* | *ECONNREFUSED* | *ETIMEDOUT*)
      die "$1 failed: cannot connect to the package server" "check the network and the proxy settings, and try again"
      ;;
    *"Permission denied"* | *"os error 13"* | *"Read-only file system"* | *EACCES*)
      die "$1 failed: no permission to write a file" "check the owner of $ROOT and of uv's cache"
      ;;
  esac
  printf '%s\n' "$FAILURE" | tail -n 15 >&2
  die "$1 failed" "${2:-see the lines above}"
}

# Return whether a uv has the options that the scripts use.
is_new_enough() {
  local version
  version=$("$1" --version 2>/dev/null | awk '{ print $2 }') || return 1
  [ "$(printf '0.9.0\n%s\n' "$version" | sort -V | head -n 1)" = 0.9.0 ]
}

# Set UV to a working uv: that of the system, or one installed into .tools.
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
      give_up "creating a virtual environment with $python" "install its venv module (Debian: apt-get install python3-venv), or install uv"
    quietly "$TOOLS/bin/python" -m pip install --quiet --disable-pip-version-check uv==0.13.9 ||
      give_up "installing uv with $python" "install uv, and try again"
    return
  done
  die "neither uv nor Python is installed" "install one of them"
}
