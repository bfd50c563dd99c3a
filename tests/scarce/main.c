/* SPDX-License-Identifier: MIT */
/* main.c - a machine without rules: only what the engine does for itself is of interest */
#include <kmalloc/machine.h>
#include "test.h"

static int boot(void)
{
	return km_machine_boot(NULL);
}

int (*const km_test_setup)(void) = boot;
