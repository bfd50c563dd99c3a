/* SPDX-License-Identifier: MIT */
/* prandom.h - a small seeded generator (taus113), not for secrets */
#ifndef _LINUX_PRANDOM_H
#define _LINUX_PRANDOM_H

#include <linux/types.h>

struct rnd_state { __u32 s1, s2, s3, s4; };

u32 prandom_u32_state(struct rnd_state *state) KM_SYM(prandom_u32_state);
void prandom_bytes_state(struct rnd_state *state, void *buf, size_t nbytes)
	KM_SYM(prandom_bytes_state);
void prandom_seed_state(struct rnd_state *state, u64 seed) KM_SYM(prandom_seed_state);

/* A step of a linear congruential generator. */
static inline u32 next_pseudo_random32(u32 seed)
{
	return seed * 1664525 + 1013904223;
}

#endif
