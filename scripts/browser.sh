# Find or unpack the Chromium that the browser tests use. Sourced after common.sh.
#
# need_browser tries, in this order: Chromium or Chrome in PATH, Debian's packages unpacked into
# .browser without changes to the system. It sets CHROMIUM and prints the one it uses; it fails
# when there is none.

BROWSER_ROOT=${ROOT:?}/.browser

need_browser() {
  local name
  for name in chromium chromium-browser google-chrome; do
    ! CHROMIUM=$(command -v "$name") || { say "Browser: installed ($CHROMIUM)" && return; }
  done
  CHROMIUM=$BROWSER_ROOT/chromium
  if quietly "$CHROMIUM" --version; then
    say "Browser: Debian's packages in .browser"
  elif unpack_debian_browser; then
    say "Browser: Debian's packages, unpacked into .browser"
  else
    CHROMIUM=
    say "Browser: none found, and no Debian packages to unpack; the browser tests are skipped (fix: install Chromium)"
    return 1
  fi
}

# Download Chromium with its libraries from the system's own package sources, and unpack them.
unpack_debian_browser() {
  local apt=$BROWSER_ROOT.part/apt root=$BROWSER_ROOT.part/root package
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
  say "Browser: unpacking Debian's packages, about 250 MB …"
  rm -rf "$BROWSER_ROOT" "$BROWSER_ROOT.part"
  mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial" "$root"
  # No package counts as installed, so that the libraries do not depend on the system's.
  : >"$apt/status"
  local options=(-q -o "Dir::State=$apt/state" -o "Dir::State::Lists=$apt/state/lists" -o "Dir::State::status=$apt/status"
    -o "Dir::Cache=$apt/cache" -o Debug::NoLocking=1 -o APT::Sandbox::User=)
  # A source of another vendor may fail.
  quietly apt-get "${options[@]}" update || true
  quietly apt-get "${options[@]}" install --yes --download-only --no-install-recommends \
    chromium fonts-noto-cjk || return 1
  for package in "$apt"/cache/archives/*.deb; do
    case ${package##*/} in
      # The C library must be the one of the system's loader.
      libc6_*) ;;
      *) dpkg-deb -x "$package" "$root" || return 1 ;;
    esac
    rm "$package"
  done
  write_browser_wrapper "$root" || return 1
  mv "$root" "$BROWSER_ROOT" && rm -rf "$BROWSER_ROOT.part"
  quietly "$BROWSER_ROOT/chromium" --version
}

# Write the command that starts the unpacked Chromium with its own libraries and fonts.
write_browser_wrapper() {
  local root=$1 libraries
  libraries=$BROWSER_ROOT/usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || printf '%s-linux-gnu' "$(uname -m)")
  cat >"$root/fonts.conf" <<XML
<?xml version="1.0"?>
<fontconfig>
  <dir>$BROWSER_ROOT/usr/share/fonts</dir>
  <cachedir>$BROWSER_ROOT/fonts-cache</cachedir>
</fontconfig>
XML
  cat >"$root/chromium" <<SH
#!/bin/sh
export LD_LIBRARY_PATH="$libraries:$libraries/nss:$BROWSER_ROOT/lib/${libraries##*/}"
export FONTCONFIG_FILE="$BROWSER_ROOT/fonts.conf"
exec "$BROWSER_ROOT/usr/lib/chromium/chromium" "\$@"
SH
  chmod +x "$root/chromium"
}
