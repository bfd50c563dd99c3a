/* SPDX-License-Identifier: MIT */
/*
 * alloc_tag.h - where Linux counts allocations by their line of code; what stands here is what a
 * kernel without CONFIG_MEM_ALLOC_PROFILING has
 */
#ifndef _LINUX_ALLOC_TAG_H
#define _LINUX_ALLOC_TAG_H

#define alloc_hooks_tag(tag, call)	(call)
#define alloc_hooks(call)		(call)

#endif
