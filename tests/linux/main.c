/* SPDX-License-Identifier: MIT */
/*
 * main.c - hosted side of a Linux test: what it printed goes to standard output, its verdict to the
 * last line
 */
#include <stdio.h>
#include "entry.h"

int main(int count, char **words)
{
	struct linux_test_result result = { 0 };
	int error = 0;

	for (int at = 1; at < count && !error; at++) {
		error = linux_test_option(words[at]);
		if (error)
			printf("linux-test: %s cannot be used\n", words[at]);
	}
	if (!error)
		error = linux_test_run(&result);
	if (error) {
		printf("\nlinux-test: the machine did not boot: %d\n", error);
		return 1;
	}
	printf("\nlinux-test: returned %d pages_lost %ld left %lu\n", result.returned,
	       result.pages_lost, result.left);
	return 0;
}
