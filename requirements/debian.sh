#!/usr/bin/env bash
# Install Debian packages by name: as root, or through sudo; else say what to ask for.
set -euo pipefail
run=()
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null; then run=(sudo); else
    echo "These Debian packages are needed and you are not root: $*. Ask for: apt-get install $*" >&2
    exit 1
  fi
fi
"${run[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null
