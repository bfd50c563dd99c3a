/* SPDX-License-Identifier: MIT */
/* once.h - call a function once, also against other CPUs */
#ifndef _LINUX_ONCE_H
#define _LINUX_ONCE_H

#include <linux/types.h>

/* True for exactly one caller. */
static inline bool km_once_claim(u32 *done)
{
	return !__atomic_load_n(done, __ATOMIC_ACQUIRE) &&
	       !__atomic_exchange_n(done, 1, __ATOMIC_ACQ_REL);
}

#define DO_ONCE(func, ...)	({				\
	static u32 ___done;					\
	bool ___ret = km_once_claim(&___done);			\
	if (___ret)						\
		func(__VA_ARGS__);				\
	___ret; })
#define DO_ONCE_SLEEPABLE(func, ...)	DO_ONCE(func, ##__VA_ARGS__)
#define get_random_once(buf, nbytes)	DO_ONCE(get_random_bytes, (buf), (nbytes))

#endif
