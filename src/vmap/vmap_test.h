/* SPDX-License-Identifier: MIT */
/* vmap_test.h - what the tests of this room share: all rooms up to it, booted */
#ifndef VMAP_VMAP_TEST_H
#define VMAP_VMAP_TEST_H

#include <test.h>

#include "kern/kern.h"
#include "page/page_room.h"
#include "percpu/percpu_room.h"
#include "reclaim/reclaim_room.h"
#include "slab/slab_room.h"
#include "vmap/area.h"
#include "vmap/vmap_room.h"

static inline int boot_vmap_room(void)
{
	int error = km_port_boot(&kern_port_hooks);

	if (!error)
		error = kern_boot();
	if (!error)
		error = page_boot(false, false, false);
	if (!error)
		error = reclaim_boot();
	if (!error)
		error = percpu_boot(false);
	if (!error)
		error = slab_boot(false);
	return error ? error : vmap_boot(false);
}

static inline bool has_paging(void)
{
	if (space_bytes())
		return true;
	km_test_skip("this port has no paging");
	return false;
}

#endif
