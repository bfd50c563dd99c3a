#!/bin/sh
# SPDX-License-Identifier: MIT
# seeds.sh COUNT PROGRAM...: run each unit test of the simulated machine with COUNT seeds, on 1 to 4 CPUs, every second one
# looking for races; TAP
count=$1
shift
echo "1..$#"
number=0
for program; do
	number=$((number + 1))
	failed=
	seed=1
	while [ $seed -le "$count" ]; do
		how="--seed $seed --cpus $((seed / 2 % 4 + 1)) --explore $((seed % 2))"
		# shellcheck disable=SC2086
		"$program" $how >/dev/null 2>&1 || failed="$failed $seed"
		seed=$((seed + 1))
	done
	name=$(basename "$program")
	if [ -z "$failed" ]; then
		echo "ok $number - $name with $count seeds"
	else
		echo "not ok $number - $name with $count seeds"
		for seed in $failed; do
			echo "# replay: $program --seed $seed --cpus $((seed / 2 % 4 + 1)) --explore $((seed % 2))"
		done
	fi
done
