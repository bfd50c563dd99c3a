/* SPDX-License-Identifier: MIT */
/*
 * percpu.h - per-CPU memory made at run time
 *
 * alloc_percpu() returns a percpu pointer: per_cpu_ptr() and this_cpu_*() turn it into the address
 * of one CPU's copy, as they do for variables of DEFINE_PER_CPU().  It is no address itself.
 */
#ifndef __LINUX_PERCPU_H
#define __LINUX_PERCPU_H

#include <linux/preempt.h>
#include <linux/smp.h>
#include <linux/cleanup.h>
#include <linux/gfp_types.h>
#include <linux/mmdebug.h>
#include <linux/percpu-defs.h>
#include <linux/types.h>

#define PCPU_MIN_UNIT_SIZE		32768UL	/* the largest area that can be had */
#define PCPU_MIN_ALLOC_SHIFT		2
#define PCPU_MIN_ALLOC_SIZE		(1 << PCPU_MIN_ALLOC_SHIFT)
#define PERCPU_DYNAMIC_EARLY_SIZE	(20 << 10)
#define PERCPU_DYNAMIC_RESERVE		(28 << 10)

void free_percpu(void __percpu *ptr) KM_SYM(free_percpu);
void __percpu *pcpu_alloc_noprof(size_t size, size_t align, bool reserved, gfp_t gfp)
	KM_SYM(pcpu_alloc_noprof)
	__alloc_align(2) KM_FREED_BY(free_percpu, 1) __km_result __alloc_size(1);
void free_percpu(void __percpu *ptr) KM_SYM(free_percpu);
size_t pcpu_alloc_size(void __percpu *ptr) KM_SYM(pcpu_alloc_size);
bool __is_kernel_percpu_address(unsigned long addr, unsigned long *can_addr)
	KM_SYM(__is_kernel_percpu_address);
bool is_kernel_percpu_address(unsigned long addr) KM_SYM(is_kernel_percpu_address);
phys_addr_t per_cpu_ptr_to_phys(void *addr) KM_SYM(per_cpu_ptr_to_phys);
unsigned long pcpu_nr_pages(void) KM_SYM(pcpu_nr_pages);

DEFINE_FREE(free_percpu, void __percpu *, free_percpu(_T))

/**
 * __alloc_percpu(), __alloc_percpu_gfp(), alloc_percpu(), alloc_percpu_gfp() - zeroed memory, once
 * for each possible CPU
 * @size: bytes of one copy, at most PCPU_MIN_UNIT_SIZE; 0 or more is warned of, NULL
 * @align: power of two, at most a page
 *
 * Context: task that may sleep; with a gfp that may not block any but NMI, and then only from pages
 *          that are there.
 * Return:  a percpu pointer, or NULL.
 */
#define __alloc_percpu_gfp(size, align, gfp)	pcpu_alloc_noprof(size, align, false, gfp)
#define __alloc_percpu(size, align)		pcpu_alloc_noprof(size, align, false, GFP_KERNEL)
#define __alloc_reserved_percpu(size, align)	pcpu_alloc_noprof(size, align, true, GFP_KERNEL)
#define alloc_percpu_gfp(type, gfp) \
	((typeof(type) __percpu *)__alloc_percpu_gfp(sizeof(type), __alignof__(type), gfp))
#define alloc_percpu(type) \
	((typeof(type) __percpu *)__alloc_percpu(sizeof(type), __alignof__(type)))
#define alloc_percpu_noprof(type)		alloc_percpu(type)

/* What a gfp says to the compiler: linux/compiler_context.h. */
#ifdef KM_GFP_IS_LOOKED_AT
#define pcpu_alloc_noprof(_size, _align, _reserved, _gfp)	\
	pcpu_alloc_noprof(_size, _align, _reserved, KM_GFP(_gfp))
#endif

#endif
