/* SPDX-License-Identifier: MIT */
/* prefetch.h - hints that memory will be needed */
#ifndef _LINUX_PREFETCH_H
#define _LINUX_PREFETCH_H

#include <linux/types.h>
#include <asm/cache.h>

#define prefetch(x)	__builtin_prefetch(x)
#define prefetchw(x)	__builtin_prefetch(x, 1)
#define PREFETCH_STRIDE	(4 * L1_CACHE_BYTES)

static inline void prefetch_range(void *addr, size_t len)
{
	for (size_t at = 0; at < len; at += PREFETCH_STRIDE)
		prefetch((char *)addr + at);
}

#endif
