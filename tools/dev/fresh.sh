#!/bin/sh
# SPDX-License-Identifier: MIT
# fresh.sh - prove README's two commands on an empty Debian 12: git, make and gcc, nothing else
#
# usage: tools/dev/fresh.sh DIR    as root; DIR is made with debootstrap when it does not exist, and kept for the next run
#        (remove DIR to start from nothing).  The last commit of this checkout is what is cloned and run.
set -eu
[ $# -eq 1 ] || { sed -n '4,7p' "$0"; exit 2; }
[ "$(id -u)" -eq 0 ] || { echo "fresh.sh: must run as root (chroot, mount)" >&2; exit 2; }
root=$1
top=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)

if [ ! -e "$root/etc/debian_version" ]; then
	command -v debootstrap >/dev/null || apt-get install -y debootstrap
	debootstrap --variant=minbase --include=git,make,gcc,ca-certificates bookworm "$root"
fi
# The sources an installed Debian 12 has; debootstrap leaves only the first.
for suite in bookworm bookworm-updates; do
	echo "deb http://deb.debian.org/debian $suite main"
done >"$root/etc/apt/sources.list"
echo "deb http://deb.debian.org/debian-security bookworm-security main" >>"$root/etc/apt/sources.list"
# Terminals are a file system of their own.
for dir in proc dev dev/pts; do
	mountpoint -q "$root/$dir" || mount --bind "/$dir" "$root/$dir"
done
trap 'umount "$root/proc" "$root/dev/pts" "$root/dev"' EXIT INT TERM
cp /etc/resolv.conf "$root/etc/resolv.conf"

rm -rf "$root/clone.git" "$root/root/libkmalloc"
git clone -q --bare "$top" "$root/clone.git"
chroot "$root" git clone -q /clone.git /root/libkmalloc
in_clone() {
	chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root sh -c "cd /root/libkmalloc && $1"
}
in_clone 'make run' && echo "fresh.sh: make run: 0" || { echo "fresh.sh: make run: $?"; exit 1; }
in_clone 'make test' && echo "fresh.sh: make test: 0" || { echo "fresh.sh: make test: $?"; exit 1; }
