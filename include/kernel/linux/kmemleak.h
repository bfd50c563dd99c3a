/* SPDX-License-Identifier: MIT */
/*
 * kmemleak.h - hints for the scanner of leaks (`kmalloc check`; without its rules: no effect)
 *
 * The scanner looks for objects that nothing refers to: no variable of the module, no stack, no
 * other object, no page, no per-CPU copy, nothing the engine holds (timers, work, interrupts).  A
 * pointer to any byte of an object counts, and so does its struct page.  Where a pointer is kept
 * in another form, these calls tell so.
 */
#ifndef __KMEMLEAK_H
#define __KMEMLEAK_H

#include <linux/compiler_types.h>
#include <linux/slab.h>
#include <linux/types.h>

struct vm_struct;

static inline void kmemleak_init(void) {}

/**
 * kmemleak_alloc() - a block that an allocator of the module's own handed out
 * @ptr:       its first byte: a part of an object, or of a variable
 * @size:      bytes
 * @min_count: so many references must be found, or it is told as a leak; 0: never told
 * Also: kmemleak_alloc_percpu(), kmemleak_vmalloc(), kmemleak_alloc_phys(), never told
 * Context: any.   What kmalloc() and its kin returned is known already; then nothing happens.
 */
void kmemleak_alloc(const void *ptr, size_t size, int min_count, gfp_t gfp) KM_SYM(kmemleak_alloc);
void kmemleak_alloc_percpu(const void __percpu *ptr, size_t size, gfp_t gfp)
	KM_SYM(kmemleak_alloc_percpu);
void kmemleak_vmalloc(const struct vm_struct *area, size_t size, gfp_t gfp)
	KM_SYM(kmemleak_vmalloc);
void kmemleak_alloc_phys(phys_addr_t phys, size_t size, gfp_t gfp) KM_SYM(kmemleak_alloc_phys);

/**
 * kmemleak_free() - the block of kmemleak_alloc() went back to its allocator
 * Also: kmemleak_free_part(): only [@ptr, @ptr + @size) of it; kmemleak_free_percpu(),
 * kmemleak_free_part_phys()
 * Context: any.   With the memory that holds it the block goes by itself.
 */
void kmemleak_free(const void *ptr) KM_SYM(kmemleak_free);
void kmemleak_free_part(const void *ptr, size_t size) KM_SYM(kmemleak_free_part);
void kmemleak_free_percpu(const void __percpu *ptr) KM_SYM(kmemleak_free_percpu);
void kmemleak_free_part_phys(phys_addr_t phys, size_t size) KM_SYM(kmemleak_free_part_phys);

/* From now on the caller is the place where @ptr was allocated, in reports. */
void kmemleak_update_trace(const void *ptr) KM_SYM(kmemleak_update_trace);

/**
 * kmemleak_not_leak() - @ptr is no leak, although nothing may refer to it; what it refers to is
 * looked at as before
 * Also: kmemleak_ignore(): and what is in it refers to nothing; kmemleak_ignore_percpu(),
 * kmemleak_ignore_phys(); kmemleak_transient_leak(): at the next scan only
 * Context: any.   Not told at exit either, except after kmemleak_transient_leak().
 */
void kmemleak_not_leak(const void *ptr) KM_SYM(kmemleak_not_leak);
void kmemleak_transient_leak(const void *ptr) KM_SYM(kmemleak_transient_leak);
void kmemleak_ignore(const void *ptr) KM_SYM(kmemleak_ignore);
void kmemleak_ignore_percpu(const void __percpu *ptr) KM_SYM(kmemleak_ignore_percpu);
void kmemleak_ignore_phys(phys_addr_t phys) KM_SYM(kmemleak_ignore_phys);

/**
 * kmemleak_scan_area() - of the object that holds @ptr only such areas refer to others
 * @size: bytes from @ptr; SIZE_MAX: to the object's end
 * Also: kmemleak_no_scan(): nothing in the object that starts at @ptr does
 * Context: any.
 */
void kmemleak_scan_area(const void *ptr, size_t size, gfp_t gfp) KM_SYM(kmemleak_scan_area);
void kmemleak_no_scan(const void *ptr) KM_SYM(kmemleak_no_scan);

/* As above, but not for caches with SLAB_NOLEAKTRACE. */
static inline void kmemleak_alloc_recursive(const void *ptr, size_t size, int min_count,
					    slab_flags_t flags, gfp_t gfp)
{
	if (!(flags & SLAB_NOLEAKTRACE))
		kmemleak_alloc(ptr, size, min_count, gfp);
}

static inline void kmemleak_free_recursive(const void *ptr, slab_flags_t flags)
{
	if (!(flags & SLAB_NOLEAKTRACE))
		kmemleak_free(ptr);
}

/* Wipe a pointer that is to refer to nothing any more. */
static inline void kmemleak_erase(void **ptr)
{
	*ptr = NULL;
}

#endif
