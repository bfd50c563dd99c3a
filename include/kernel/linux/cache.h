/* SPDX-License-Identifier: MIT */
/* cache.h - cache lines */
#ifndef __LINUX_CACHE_H
#define __LINUX_CACHE_H

#include <linux/align.h>
#include <linux/compiler_types.h>
#include <asm/cache.h>

#define L1_CACHE_ALIGN(x)	ALIGN(x, L1_CACHE_BYTES)
#define SMP_CACHE_BYTES		L1_CACHE_BYTES
#define INTERNODE_CACHE_SHIFT	L1_CACHE_SHIFT
#define __read_mostly
#define __ro_after_init
#define ____cacheline_aligned			__attribute__((__aligned__(SMP_CACHE_BYTES)))
#define ____cacheline_aligned_in_smp		____cacheline_aligned
#define __cacheline_aligned			____cacheline_aligned
#define __cacheline_aligned_in_smp		____cacheline_aligned
#define ____cacheline_internodealigned_in_smp	____cacheline_aligned
#define cache_line_size()	L1_CACHE_BYTES

#endif
