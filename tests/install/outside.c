/* SPDX-License-Identifier: MIT */
/* outside.c - an ordinary program that knows nothing but the installed library */
#include <kmalloc/machine.h>
#include <kmalloc/report.h>

#include <stdio.h>

int main(void)
{
	struct km_config config = { .watch_all = false };
	int err = km_machine_boot(&config);

	if (err) {
		printf("outside: boot failed with %d\n", err);
		return 1;
	}
	if (km_machine_boot(NULL) == 0) {
		puts("outside: a second boot must be refused");
		return 1;
	}
	if (km_machine_shutdown() != 0) {
		puts("outside: something was left");
		return 1;
	}
	puts("outside: ok");
	return 0;
}
