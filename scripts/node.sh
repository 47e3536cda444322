# Install the JavaScript tools into node_modules, as package-lock.json pins them. Sourced after common.sh, never run.

NODE_STAMP=node_modules/.setup

# Print everything that node_modules depends on; it is up to date while the text is the same.
node_fingerprint() {
  cksum package.json package-lock.json .npmrc
  node --version
}

need_node_modules() {
  local major
  major=$(node --print 'process.versions.node.split(".")[0]' 2>/dev/null) || major=0
  if [ "$major" -lt 20 ] || ! command -v npm >/dev/null; then
    die "Node.js 20 or later with npm is missing" "install it (Debian: apt-get install nodejs npm; macOS: brew install node)"
  fi
  if [ -r "$NODE_STAMP" ] && [ "$(node_fingerprint)" = "$(cat "$NODE_STAMP")" ]; then
    return
  fi
  say "JavaScript tools: installing package-lock.json …"
  quietly npm ci --ignore-scripts || give_up "installing the JavaScript tools"
  node_fingerprint >"$NODE_STAMP"
}
