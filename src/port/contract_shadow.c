// SPDX-License-Identifier: MIT
/*
 * contract_shadow.c - the part of the contract test about the checkers' shadow
 */
#include "contract.h"

#define PAGE	4096UL

static unsigned char *shadow_byte(const struct km_port_shadow *shadow, const volatile void *address)
{
	return (unsigned char *)(((uintptr_t)address >> 3) + shadow->offset);
}

static unsigned int shadow_marks;
static void mark_own_shadow(void *arg)
{
	volatile char here[64];
	volatile unsigned char *shadow = shadow_byte(arg, here);

	here[0] = 1;
	for (int i = 0; i < 8; i++) {
		if (shadow[i])
			contract_add(&shadow_marks, 1);
		shadow[i] = 0xf1;
	}
	contract_add(&shadow_marks, 1000);
	km_port_thread_exit();
}

void contract_shadow_is_zero_and_reaches_everything(void)
{
	struct km_port_shadow shadow, again;
	struct km_port_region regions[16];
	unsigned int count = km_port_regions(regions, 16);
	char here = 0;

	if (!km_port_shadow_map(&shadow)) {
		km_test_skip("no shadow on this port");
		return;
	}
	REQUIRE(km_port_shadow_map(&again) && again.offset == shadow.offset);
	for (unsigned int i = 0; i < count; i++) {
		unsigned char *first = shadow_byte(&shadow, regions[i].base);
		unsigned char *last = first + regions[i].bytes / 8 - 1;

		CHECK(*first == 0 && *last == 0);
		*first = *last = 0xff;
	}
	CHECK((uintptr_t)&here < shadow.limit && (uintptr_t)&shadow_marks < shadow.limit);
	CHECK(*shadow_byte(&shadow, &here) == 0 && *shadow_byte(&shadow, &shadow_marks) == 0);
	CHECK(*shadow_byte(&shadow, km_port_grab(PAGE)) == 0);
	CHECK(*shadow_byte(&shadow, (void *)(shadow.limit - 1)) == 0);
	/* A stack that is used again is a new one. */
	shadow_marks = 0;
	for (unsigned int i = 1; i <= 8; i++) {
		REQUIRE(contract_start(mark_own_shadow, &shadow) != NULL);
		REQUIRE(contract_await(&shadow_marks, i * 1000));
	}
}
