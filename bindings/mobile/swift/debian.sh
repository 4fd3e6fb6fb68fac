#!/bin/sh
# Swift for a Linux machine that has none: a small Debian 13 with its Swift compiler, and a way to
# run programs in it. `cargo xtask` calls this script; you can call it too.
#
#     debian.sh path      print the folder of the Debian
#     debian.sh check     succeed if the Debian exists and you may enter it
#     debian.sh make      make the Debian, unless it exists (about 2.6 GB)
#     debian.sh remove    remove it
#     debian.sh run FOLDER... -- [NAME=VALUE...] PROGRAM [ARGUMENT...]
#                         run a program in the Debian, in the current folder, with these folders
#                         visible at their own paths and only these environment variables
#
# The Debian lies in the user's cache folder, so that all clones of the project share it. Making and
# entering it takes root, or sudo without a password. Programs in it run as the current user.
#
# A program runs in mount and process namespaces of its own. When it ends, the kernel ends all other
# processes in them and removes the mounts. If root runs the script and its caller dies, even by
# SIGKILL, the kernel ends the program too.
set -eu

suite=trixie
packages="swiftlang libc6-dev libstdc++-14-dev"

script=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
cache=${XDG_CACHE_HOME:-${HOME:?is not set}/.cache}/servanda
# A Debian made from another recipe has another name.
tree=$cache/swift-$suite-$(echo "$suite $packages" | cksum | cut -d ' ' -f 1)

fail() {
    echo "error: $*" >&2
    exit 1
}

is_root() {
    [ "$(id -u)" -eq 0 ]
}

as_root() {
    if is_root; then "$@"; else sudo -n -- "$@"; fi
}

# Sets `enter` to the words that run a command as root in namespaces of its own.
set_enter() {
    if is_root; then
        enter="setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child"
    else
        enter="sudo -n -- unshare --mount --pid --fork --kill-child"
    fi
}

# Why this user cannot make or enter the Debian; empty if they can.
obstacle() {
    if [ "$(uname)" != Linux ]; then
        echo "it needs Linux"
    elif ! command -v unshare >/dev/null; then
        echo "the program unshare is missing; it is part of util-linux"
    elif ! is_root && ! sudo -n true 2>/dev/null; then
        echo "it takes root, or sudo without a password"
    elif ! as_root unshare --mount --pid --fork --kill-child true 2>/dev/null; then
        echo "this system does not let root make namespaces with unshare"
    fi
}

require_access() {
    why=$(obstacle)
    [ -z "$why" ] || fail "no Swift compiler in a Debian of its own: $why." \
        "Instead, you can install Swift 6 from https://www.swift.org/install"
}

require_debootstrap() {
    # Only root may have its folder on the path.
    as_root sh -c "command -v debootstrap" >/dev/null && return
    command -v apt-get >/dev/null || fail "debootstrap is missing; install it with your package manager"
    echo "installing: apt-get install debootstrap debian-archive-keyring"
    as_root apt-get update
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends debootstrap debian-archive-keyring
}

make() {
    require_access
    mkdir -p "$cache"
    exec 9>"$cache/swift.lock"
    flock 9
    # Another run may have made it while this one waited for the lock.
    [ ! -d "$tree" ] || return 0
    require_debootstrap
    echo "installing: Debian $suite with $packages (2.6 GB) into $tree"
    # The Debian gets its final name only when it is complete. A partial one is left from a run that
    # was stopped, because the lock keeps others from making one now.
    partial=$tree.partial
    as_root rm -rf --one-file-system "$partial"
    set_enter
    $enter sh "$script" make-in-namespace "$partial" || fail "the Debian could not be made"
    as_root mv "$partial" "$tree"
}

# Runs as root in the namespaces.
make_in_namespace() {
    export DEBIAN_FRONTEND=noninteractive
    debootstrap --variant=minbase "$suite" "$1"
    mount -t proc proc "$1/proc"
    # shellcheck disable=SC2086 # Each word is a package.
    chroot "$1" apt-get install --yes --no-install-recommends $packages
    chroot "$1" apt-get clean
}

run() {
    require_access
    [ -d "$tree" ] || fail "there is no Debian in $tree; make it with: $script make"
    set_enter
    # shellcheck disable=SC2086 # Each word is an argument.
    exec $enter sh "$script" run-in-namespace "$tree" "$(id -u):$(id -g)" "$PWD" "$@"
}

# Runs as root in the namespaces. The Swift compiler finds its own libraries through /proc.
run_in_namespace() {
    tree=$1 user=$2 folder=$3
    shift 3
    mount -t proc proc "$tree/proc"
    mount --rbind /dev "$tree/dev"
    mount -t tmpfs tmpfs "$tree/tmp"
    while [ "$1" != -- ]; do
        mkdir -p "$tree$1"
        mount --bind "$1" "$tree$1"
        shift
    done
    shift
    # Not by exec: the first process of a namespace has to be one that waits for its orphans.
    chroot --userspec="$user" "$tree" env --ignore-environment --chdir="$folder" \
        HOME=/tmp LANG=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin "$@"
}

case ${1-} in
    path) echo "$tree" ;;
    check) [ -d "$tree" ] && [ -z "$(obstacle)" ] ;;
    make) make ;;
    remove) as_root rm -rf --one-file-system "$tree" "$tree.partial" ;;
    run)
        shift
        run "$@"
        ;;
    make-in-namespace) make_in_namespace "$2" ;;
    run-in-namespace)
        shift
        run_in_namespace "$@"
        ;;
    *)
        sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$script"
        exit 2
        ;;
esac
