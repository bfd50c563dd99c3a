#!/bin/sh
# SPDX-License-Identifier: MIT
# archive.sh [-l LEAN.a] OUTPUT.a PATTERNS SCRIPT ARCHIVE... - one object whose only global symbols match PATTERNS
#
# LEAN.a is the same without debug information, which a linker copies slowly.
# PATTERNS is a comma list; SCRIPT is a linker script, or - for none.  All members of the ARCHIVEs go
# in; what they need from each other is bound here, so that two archives of ours, or ours and
# anybody's, never clash.
set -e
lean=
[ "$1" != -l ] || { lean=$2; shift 2; }
output=$1 patterns=$2 script=$3
shift 3
object=$output.o
keep=
set -f
for pattern in $(echo "$patterns" | tr , ' '); do
	keep="$keep --keep-global-symbol=$pattern"
done
ld_script=
[ "$script" = - ] || ld_script="-T $script"
${LD:-ld} -r $ld_script -o "$object" --whole-archive "$@"
${OBJCOPY:-objcopy} -w $keep "$object"
rm -f "$output"
${AR:-ar} rcsD "$output" "$object"
if [ -n "$lean" ]; then
	${OBJCOPY:-objcopy} --strip-debug "$object"
	rm -f "$lean"
	${AR:-ar} rcsD "$lean" "$object"
fi
rm -f "$object"
