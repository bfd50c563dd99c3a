/* SPDX-License-Identifier: MIT */
/* A shift register comes to the state that is waited for. */
#include <linux/module.h>
#include <linux/slab.h>

#define TAPS 16

struct shifter {
	u8 taps[TAPS];
};

/* Nothing but arithmetic: the compiler may not take the loop for one that ends. */
static noinline u32 settle(const struct shifter *shifter, u32 state)
{
	u32 at = 0;

	do {
		state ^= shifter->taps[at];
		at = (at + 1) % TAPS;
	} while (state != 6);
	return state;
}

static int __init shifter_init(void)
{
	struct shifter *shifter = kzalloc(sizeof(*shifter), GFP_KERNEL);
	u32 state;

	if (!shifter)
		return -ENOMEM;
	shifter->taps[3] = 2;
	state = settle(shifter, 4);
	kfree(shifter);
	return state ? 0 : -EIO;
}

static void __exit shifter_exit(void)
{
}

module_init(shifter_init);
module_exit(shifter_exit);
MODULE_LICENSE("GPL");
