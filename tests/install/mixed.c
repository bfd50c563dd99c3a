/* SPDX-License-Identifier: MIT */
/* mixed.c - the hosted half of a program whose other half is kernel-side code (side.c) */
#include <kmalloc/machine.h>

#include <stdio.h>

int side_work(void);

int main(void)
{
	int err = km_machine_boot(NULL);

	if (!err)
		err = side_work();
	if (!err && km_machine_shutdown() != 0)
		err = 1;
	printf("mixed: %s\n", err ? "failed" : "ok");
	return err ? 1 : 0;
}
