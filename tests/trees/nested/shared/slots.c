// SPDX-License-Identifier: MIT
#include <linux/slab.h>
#include "slots.h"

static void **slots;

int slots_make(unsigned int count)
{
	slots = kcalloc(count, sizeof(*slots), GFP_KERNEL);
	if (!slots)
		return -ENOMEM;
	slots[0] = kstrdup(TITLE, GFP_KERNEL);
	return 0;
}

void slots_free(void)
{
	kfree(slots[0]);
	kfree(slots);
	kfree(slots); /* finding: double-free */
}
