// SPDX-License-Identifier: MIT
/*
 * random.c - random numbers from the port's entropy
 *
 * Owns: the generator's state, seeded once at boot (xoshiro256++).  In sim the seed decides all
 * that follows.  Not for secrets.  Any context; lock: random_lock.
 */
#include <linux/random.h>
#include <linux/string.h>
#include <kern/parts.h>
#include <kern/spin.h>
#include <kern/tell.h>

static u64 state[4];
static struct km_spin random_lock = KM_SPIN_INIT;

static u64 rotate_left(u64 word, unsigned int bits)
{
	return word << bits | word >> (64 - bits);
}

u64 get_random_u64(void)
{
	unsigned long irq = km_spin_lock(&random_lock);
	u64 result = rotate_left(state[0] + state[3], 23) + state[0];
	u64 shifted = state[1] << 17;

	state[2] ^= state[0];
	state[3] ^= state[1];
	state[1] ^= state[2];
	state[0] ^= state[3];
	state[2] ^= shifted;
	state[3] = rotate_left(state[3], 45);
	km_spin_unlock(&random_lock, irq);
	return result;
}

u32 get_random_u32(void)
{
	return get_random_u64() >> 32;
}

u16 get_random_u16(void)
{
	return get_random_u64() >> 48;
}

u8 get_random_u8(void)
{
	return get_random_u64() >> 56;
}

void get_random_bytes(void *buf, size_t len)
{
	u8 *to = buf;
	size_t part;
	u64 word;

	if (!TOUCH_BYTES(buf, len, true))
		return;
	for (; len; to += part, len -= part) {
		word = get_random_u64();
		part = len < sizeof(word) ? len : sizeof(word);
		memcpy(to, &word, part);
	}
}

u32 __get_random_u32_below(u32 ceil)
{
	u64 product;

	if (!ceil)
		return get_random_u32();
	/* Multiply and take the high half; the few low halves that would favour some values are
	 * thrown away. */
	do {
		product = (u64)get_random_u32() * ceil;
	} while ((u32)product < -ceil % ceil);
	return product >> 32;
}

void random_boot(void)
{
	unsigned int nr;

	for (nr = 0; nr < 4; nr++)
		state[nr] = km_port_entropy();
	state[0] |= 1;	/* all zero would stay zero */
}
