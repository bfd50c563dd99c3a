#!/bin/sh
# SPDX-License-Identifier: MIT
# seeds.sh COUNT PROGRAM...: run each unit test of the simulated machine with COUNT seeds, on 1 to 4 CPUs; TAP
count=$1
shift
echo "1..$#"
number=0
for program; do
	number=$((number + 1))
	failed=
	seed=1
	while [ $seed -le "$count" ]; do
		"$program" --seed $seed --cpus $((seed % 4 + 1)) >/dev/null 2>&1 || failed="$failed $seed"
		seed=$((seed + 1))
	done
	name=$(basename "$program")
	if [ -z "$failed" ]; then
		echo "ok $number - $name with $count seeds"
	else
		echo "not ok $number - $name with $count seeds"
		for seed in $failed; do
			echo "# replay: $program --seed $seed --cpus $((seed % 4 + 1))"
		done
	fi
done
