/* SPDX-License-Identifier: MIT */
/* kfence.h - the kernel's sampling guard pages: off here, as in a kernel built without it */
#ifndef _LINUX_KFENCE_H
#define _LINUX_KFENCE_H

#include <linux/types.h>

struct kmem_cache;

static inline bool is_kfence_address(const void *address) { return false; }
static inline void kfence_alloc_pool_and_metadata(void) {}
static inline void kfence_init(void) {}
static inline void kfence_shutdown_cache(struct kmem_cache *cache) {}
static inline void *kfence_alloc(struct kmem_cache *cache, size_t size, gfp_t gfp)
{
	return (void *)0;
}

static inline size_t kfence_ksize(const void *address) { return 0; }
static inline void *kfence_object_start(const void *address) { return (void *)0; }
static inline void __kfence_free(void *address) {}
static inline bool kfence_free(void *address) { return false; }

static inline bool kfence_handle_page_fault(unsigned long address, bool is_write, void *regs)
{
	return false;
}

#endif
