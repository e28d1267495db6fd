# Shared by deploy/run and deploy/test; sourced, not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }
die() { say "jobfarm: $*"; exit 1; }

# packages_of KIND: names from deploy/dependencies.
packages_of() { awk -v kind="$1" '$1 == kind { print $2 }' deploy/dependencies; }

# What Debian asks before it starts the services of a package (invoke-rc.d(8)).
service_policy=/usr/sbin/policy-rc.d

# without_services COMMAND ...: what it installs starts no service, unless the
# machine has a policy of its own. `root` is how to become root, if need be.
without_services() {
  if [ -e "$service_policy" ]; then "$@"; return; fi
  (
    trap '"${root[@]}" rm -f "$service_policy"' EXIT
    # 101: the action is forbidden.
    printf '#!/bin/sh\nexit 101\n' | "${root[@]}" tee "$service_policy" >/dev/null \
      && "${root[@]}" chmod 755 "$service_policy" \
      && "$@"
  )
}

# Installs what is missing of the packages named, as root or through sudo.
install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null \
      | grep -q '^install ok installed$' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null \
    || die "this script installs Debian packages; on another system install these by hand: ${missing[*]}"
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null \
      || die "not root and no sudo; as root run: apt-get install ${missing[*]}"
    root=(sudo)
  fi
  say "installing ${#missing[@]} packages ..."
  local log; log=$(mktemp)
  # The list of packages may be old or absent on a fresh machine, and another
  # program may be installing.
  if ! { "${root[@]}" apt-get update \
         && without_services "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
              apt-get -o DPkg::Lock::Timeout=300 install -y \
              --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    rm -f "$log"
    die "installing failed; is the network up? As root run: apt-get install ${missing[*]}"
  fi
  rm -f "$log"
}

# Flags of every configuring, set by the script that sources this one.
configure_flags=()

# build PRESET [TARGET ...]: configures if need be and builds, quietly.
build() {
  local preset=$1 log; shift
  log=$(mktemp)
  # Another checkout of the same sources finds what this one compiled.
  export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
  export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
  [ -f "build/$preset/build.ninja" ] || say "configuring $preset ..."
  if ! cmake --preset "$preset" "${configure_flags[@]}" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    die "configuring failed; the lines above say why"
  fi
  if ! ninja -C "build/$preset" -n "$@" 2>/dev/null | grep -q 'no work to do'; then
    say "building $preset ... (some minutes the first time)"
    if ! cmake --build --preset "$preset" ${@:+--target "$@"} >"$log" 2>&1; then
      grep -E -A12 'error|FAILED' "$log" | head -n 40 >&2
      die "building failed; whole log: $log"
    fi
  fi
  rm -f "$log"
}
