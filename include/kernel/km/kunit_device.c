/* SPDX-License-Identifier: MIT */
/*
 * kunit_device.c - the one part of KUnit's core that is ours: its bus, without a driver core
 *
 * Compiled by `kmalloc check` beside a kernel tree's lib/kunit, whose headers it reads.
 */
#include <kunit/test.h>
#include "device-impl.h"

int kunit_bus_init(void)
{
	return 0;
}

void kunit_bus_shutdown(void)
{
}
