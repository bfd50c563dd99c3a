// SPDX-License-Identifier: MIT
/*
 * prandom.c - L'Ecuyer's taus113: a small seeded generator
 *
 * Owns: nothing; the state is the caller's.  Constants are those of the published generator
 * (maximally equidistributed combined Tausworthe).  No lock.  Nothing here sleeps or allocates.
 */
#include <linux/prandom.h>
#include <linux/minmax.h>
#include <linux/string.h>

static u32 tausworthe(u32 s, int a, int b, u32 c, int d)
{
	return ((s & c) << d) ^ (((s << a) ^ s) >> b);
}

u32 prandom_u32_state(struct rnd_state *state)
{
	state->s1 = tausworthe(state->s1, 6, 13, 4294967294U, 18);
	state->s2 = tausworthe(state->s2, 2, 27, 4294967288U, 2);
	state->s3 = tausworthe(state->s3, 13, 21, 4294967280U, 7);
	state->s4 = tausworthe(state->s4, 3, 12, 4294967168U, 13);
	return state->s1 ^ state->s2 ^ state->s3 ^ state->s4;
}

void prandom_bytes_state(struct rnd_state *state, void *buf, size_t nbytes)
{
	for (u8 *at = buf; nbytes;) {
		const u32 word = prandom_u32_state(state);
		const size_t part = min(nbytes, sizeof(word));

		memcpy(at, &word, part);
		at += part;
		nbytes -= part;
	}
}

/* Each component needs a state of its own not below a bound, or it stays at 0. */
static u32 at_least(u32 x, u32 bound)
{
	return x < bound ? x + bound : x;
}

void prandom_seed_state(struct rnd_state *state, u64 seed)
{
	const u32 folded = (u32)((seed >> 32) ^ (seed << 10) ^ seed);

	state->s1 = at_least(folded, 2U);
	state->s2 = at_least(folded, 8U);
	state->s3 = at_least(folded, 16U);
	state->s4 = at_least(folded, 128U);
	/* Off the beginning, where seeds that are near each other still show. */
	for (int i = 0; i < 10; i++)
		prandom_u32_state(state);
}
