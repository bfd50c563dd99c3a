#!/bin/sh
# SPDX-License-Identifier: MIT
# setup.sh build|test - install the Debian packages that building (or testing) needs, where this user may;
# otherwise print the exact line to type.
#
# build: without one of these nothing works, so a missing one that cannot be installed ends with status 1;
#        except clang, the compiler of choice of `kmalloc check`: without it gcc is used, which sees less.
# test:  a missing one means that some tests are skipped (each says so), so the line is printed and the status is 0.
set -u

build_packages="gcc libc6-dev binutils make pkg-config meson ninja-build python3 libdw-dev libelf-dev libcjson-dev clang"
# `kmalloc lint` runs spatch, whose scripts need the library of the system's own Python.
python_version=$(/usr/bin/python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || echo 3.11)
lint_packages="coccinelle libpython$python_version"
test_packages="$build_packages $lint_packages git g++ lld llvm valgrind linux-source-6.12 xz-utils file procps python3-jsonschema"

case "${1-}" in
build) packages=$build_packages ;;
test) packages=$test_packages ;;
*) echo "usage: setup.sh build|test" >&2; exit 2 ;;
esac

# Is everything here that a build calls?  Asked first, so that other distributions work too.
have_build_tools() {
	for tool in cc objcopy meson ninja python3 pkg-config; do
		command -v "$tool" >/dev/null 2>&1 || return 1
	done
	pkg-config --exists libdw libelf libcjson
}

is_installed() {
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# What is missing can be done without: some tests are skipped, or gcc checks what clang should.
can_go_on() {
	[ "$1" = test ] || have_build_tools
}

if [ "$1" = build ] && have_build_tools && command -v clang >/dev/null 2>&1; then
	exit 0
fi
if ! command -v dpkg-query >/dev/null 2>&1; then
	can_go_on "$1" && exit 0
	echo "setup: this is not Debian; please install: gcc, clang, binutils, meson, ninja, python3, pkg-config," >&2
	echo "setup: and the development files of libdw, libelf (elfutils) and cJSON" >&2
	exit 1
fi

missing=""
for package in $packages; do
	is_installed "$package" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ]; then
	as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
	as_root="sudo -n"
else
	echo "setup: packages are missing and this user may not install them. Please type:" >&2
	echo >&2
	echo "    sudo apt-get install -y --no-install-recommends$missing" >&2
	echo >&2
	can_go_on "$1" && exit 0
	exit 1
fi

export DEBIAN_FRONTEND=noninteractive
install() {
	# shellcheck disable=SC2086
	$as_root apt-get install -y -q --no-install-recommends "$@" >"$log" 2>&1
}

log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
echo "setup: installing$missing" >&2
# shellcheck disable=SC2086
if install $missing; then
	exit 0
fi
$as_root apt-get update -q >"$log" 2>&1 || cat "$log" >&2
# shellcheck disable=SC2086
if install $missing; then
	exit 0
fi
if ! can_go_on "$1"; then
	cat "$log" >&2
	echo "setup: could not install:$missing" >&2
	exit 1
fi
# One package that cannot be had must not take the others with it.
for package in $missing; do
	install "$package" || echo "setup: package $package cannot be had; what needs it will be skipped" >&2
done
exit 0
