/* SPDX-License-Identifier: MIT */
/*
 * shim.h - kernel memory by malloc(), as programs that carry kernel code do it today
 *
 * For compare.py only: it lets compilers' analyzers, AddressSanitizer and valgrind see the programs
 * of tests/rules at their best, with malloc() and free() by name.  All else of a kernel (locks,
 * timers, threads, interrupts, work) is this library's host machine, which really runs it.
 */
#ifndef DETECTION_SHIM_H
#define DETECTION_SHIM_H

#include <linux/gfp.h>
#include <linux/mempool.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

void free(void *memory);
void *malloc(unsigned long bytes) __attribute__((malloc));
void *calloc(unsigned long count, unsigned long bytes) __attribute__((malloc));
void *realloc(void *memory, unsigned long bytes);
void *aligned_alloc(unsigned long align, unsigned long bytes) __attribute__((malloc));
char *strdup(const char *text) __attribute__((malloc));
char *strndup(const char *text, unsigned long most) __attribute__((malloc));
int asprintf(char **ret_text, const char *format, ...);
void shim_free_later(const void *memory);	/* after a grace period */

#define SHIM_ZEROED(gfp)	((gfp) & __GFP_ZERO)
#define SHIM_NEW(bytes, gfp)	(SHIM_ZEROED(gfp) ? calloc(1, (bytes)) : malloc(bytes))

/* Macros of a header would come in between. */
#undef kmalloc
#undef kzalloc
#undef kvmalloc
#undef kvzalloc
#define kmalloc(bytes, gfp)			((void)(gfp), SHIM_NEW(bytes, gfp))
#define kzalloc(bytes, gfp)			((void)(gfp), calloc(1, (bytes)))
#define kmalloc_array(n, bytes, gfp)		((void)(gfp), calloc((n), (bytes)))
#define kcalloc(n, bytes, gfp)			((void)(gfp), calloc((n), (bytes)))
#define kmalloc_node(bytes, gfp, node)		((void)(node), kmalloc(bytes, gfp))
#define kzalloc_node(bytes, gfp, node)		((void)(node), kzalloc(bytes, gfp))
#define krealloc(old, bytes, gfp)		((void)(gfp), realloc((void *)(old), (bytes)))
#define kfree(memory)				free((void *)(memory))
#define kfree_sensitive(memory)			free((void *)(memory))
#define kvmalloc(bytes, gfp)			((void)(gfp), SHIM_NEW(bytes, gfp))
#define kvzalloc(bytes, gfp)			((void)(gfp), calloc(1, (bytes)))
#define kvmalloc_array(n, bytes, gfp)		((void)(gfp), calloc((n), (bytes)))
#define kvcalloc(n, bytes, gfp)			((void)(gfp), calloc((n), (bytes)))
#define kvfree(memory)				free((void *)(memory))
#define vmalloc(bytes)				malloc(bytes)
#define vzalloc(bytes)				calloc(1, (bytes))
#define vmalloc_array(n, bytes)			calloc((n), (bytes))
#define vcalloc(n, bytes)			calloc((n), (bytes))
#define vfree(memory)				free((void *)(memory))
#define kstrdup(text, gfp)			((void)(gfp), strdup(text))
#define kstrndup(text, most, gfp)		((void)(gfp), strndup((text), (most)))
#define kmemdup(source, bytes, gfp)						\
	({									\
		void *shim_new = malloc(bytes);					\
		(void)(gfp);							\
		if (shim_new)							\
			memcpy(shim_new, (source), (bytes));			\
		shim_new;							\
	})
#define kasprintf(gfp, ...)							\
	({									\
		char *shim_text = NULL;						\
		(void)(gfp);							\
		asprintf(&shim_text, __VA_ARGS__) < 0 ? NULL : shim_text;	\
	})
#undef kfree_rcu
#define kfree_rcu(memory, member)		shim_free_later(memory)
#undef kfree_rcu_mightsleep
#define kfree_rcu_mightsleep(memory)		shim_free_later(memory)

/* A cache is its name and the size of its objects; what it is made of stays the library's. */
#define kmem_cache_alloc(cache, gfp)		SHIM_NEW(kmem_cache_size(cache), gfp)
#define kmem_cache_zalloc(cache, gfp)		((void)(gfp), calloc(1, kmem_cache_size(cache)))
#define kmem_cache_free(cache, memory)		((void)(cache), free(memory))

#undef __get_free_page
#undef get_zeroed_page
#undef free_page
#define __get_free_pages(gfp, order)						\
	((void)(gfp), (unsigned long)aligned_alloc(PAGE_SIZE, PAGE_SIZE << (order)))
#define __get_free_page(gfp)			__get_free_pages(gfp, 0)
#define get_zeroed_page(gfp)			((void)(gfp), (unsigned long)calloc(1, PAGE_SIZE))
#define free_pages(address, order)		((void)(order), free((void *)(address)))
#define free_page(address)			free((void *)(address))

#endif
