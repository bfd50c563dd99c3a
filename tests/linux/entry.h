/* SPDX-License-Identifier: MIT */
/* entry.h - between the hosted main() and the kernel-side entry of a Linux test */
#ifndef TESTS_LINUX_ENTRY_H
#define TESTS_LINUX_ENTRY_H

struct linux_test_result {
	int returned;			/* what the test's init function returned */
	long pages_lost;		/* free pages before - after */
	unsigned long left;		/* what km_machine_shutdown() counted */
};

/*
 * Before linux_test_run(): --mem=MiB and --cpus=N for the machine, else name=value for a parameter
 * of the module.  Return: 0 or a negative errno.
 */
int linux_test_option(const char *word);

/* Boots a machine, runs the test, shuts down. Return: 0, or why nothing ran. */
int linux_test_run(struct linux_test_result *ret_result);

#endif
