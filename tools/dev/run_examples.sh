#!/bin/sh
# SPDX-License-Identifier: MIT
# run_examples.sh KMALLOC - check the two example modules; 0 when the wrong one is caught and the right one is clean
kmalloc=$1

echo "== kmalloc check examples/ring_bad.c    (breaks four rules)"
echo
"$kmalloc" check examples/ring_bad.c
bad=$?
echo
echo "== kmalloc check examples/ring_good.c   (its corrected twin)"
echo
"$kmalloc" check examples/ring_good.c
good=$?
echo
if [ "$bad" = 1 ] && [ "$good" = 0 ]; then
	echo "Both came out as they should: the first is caught (exit 1), the second is clean (exit 0)."
	echo "Your own module: make run FILE=path/to/driver.c     A rule explained: $kmalloc explain leak"
	exit 0
fi
echo "run: unexpected: ring_bad.c gave $bad (expected 1), ring_good.c gave $good (expected 0)" >&2
exit 1
