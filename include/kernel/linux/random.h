/* SPDX-License-Identifier: MIT */
/* random.h - random numbers; in sim from the seed; any context */
#ifndef _LINUX_RANDOM_H
#define _LINUX_RANDOM_H

#include <linux/types.h>
#include <linux/once.h>

void get_random_bytes(void *buf, size_t len) KM_SYM(get_random_bytes);
u8 get_random_u8(void) KM_SYM(get_random_u8);
u16 get_random_u16(void) KM_SYM(get_random_u16);
u32 get_random_u32(void) KM_SYM(get_random_u32);
u64 get_random_u64(void) KM_SYM(get_random_u64);
/* [0, ceil), ceil > 0; (floor, U32_MAX]; [floor, ceil]: each value equally likely. */
u32 __get_random_u32_below(u32 ceil) KM_SYM(__get_random_u32_below);
#define get_random_u32_below(ceil)	__get_random_u32_below(ceil)

static inline unsigned long get_random_long(void)
{
	return get_random_u64();
}

static inline u32 get_random_u32_above(u32 floor)
{
	return floor + 1 + get_random_u32_below(~0U - floor);
}

static inline u32 get_random_u32_inclusive(u32 floor, u32 ceil)
{
	return ceil - floor == ~0U ? get_random_u32()
				   : floor + get_random_u32_below(ceil - floor + 1);
}

static inline int get_random_bytes_wait(void *buf, size_t nbytes)
{
	get_random_bytes(buf, nbytes);
	return 0;
}

static inline void add_device_randomness(const void *buf, size_t len) { }

static inline bool rng_is_initialized(void)
{
	return true;
}

static inline int wait_for_random_bytes(void)
{
	return 0;
}

#include <linux/prandom.h>

#endif
