/* SPDX-License-Identifier: MIT */
/* kmemleak.h - hints for the kernel's leak scanner: off here, as in a kernel built without it */
#ifndef __KMEMLEAK_H
#define __KMEMLEAK_H

#include <linux/types.h>

struct vm_struct;

static inline void kmemleak_init(void) {}
static inline void kmemleak_alloc(const void *object, size_t size, int min_count, gfp_t gfp) {}
static inline void kmemleak_alloc_recursive(const void *object, size_t size, int min_count,
					    slab_flags_t flags, gfp_t gfp) {}
static inline void kmemleak_alloc_percpu(const void *object, size_t size, gfp_t gfp) {}
static inline void kmemleak_vmalloc(const struct vm_struct *area, size_t size, gfp_t gfp) {}
static inline void kmemleak_free(const void *object) {}
static inline void kmemleak_free_part(const void *object, size_t size) {}
static inline void kmemleak_free_recursive(const void *object, slab_flags_t flags) {}
static inline void kmemleak_free_percpu(const void *object) {}
static inline void kmemleak_update_trace(const void *object) {}
static inline void kmemleak_not_leak(const void *object) {}
static inline void kmemleak_transient_leak(const void *object) {}
static inline void kmemleak_ignore(const void *object) {}
static inline void kmemleak_scan_area(const void *object, size_t size, gfp_t gfp) {}
static inline void kmemleak_erase(void **object) {}
static inline void kmemleak_no_scan(const void *object) {}
static inline void kmemleak_alloc_phys(phys_addr_t phys, size_t size, gfp_t gfp) {}
static inline void kmemleak_free_part_phys(phys_addr_t phys, size_t size) {}
static inline void kmemleak_ignore_phys(phys_addr_t phys) {}

#endif
