/* SPDX-License-Identifier: MIT */
/*
 * kasan.h - hints for the kernel's address sanitizer: off here, as in a kernel built without it
 * (our shadow sees the calls)
 *
 * kasan_disable_current() and kasan_enable_current() work: what the task touches in between is
 * meant, and `kmalloc check` says nothing of it. They nest.
 */
#ifndef _LINUX_KASAN_H
#define _LINUX_KASAN_H

#include <linux/compiler_types.h>
#include <linux/types.h>

struct page;
struct kmem_cache;
struct task_struct;

void kasan_enable_current(void) KM_SYM(kasan_enable_current);
void kasan_disable_current(void) KM_SYM(kasan_disable_current);
static inline bool kasan_enabled(void) { return false; }
static inline bool kasan_hw_tags_enabled(void) { return false; }
static inline bool kasan_has_integrated_init(void) { return false; }
static inline void kasan_unpoison_range(const void *address, size_t size) {}
static inline bool kasan_mempool_poison_object(void *object) { return true; }
static inline void kasan_mempool_unpoison_object(void *object, size_t size) {}
static inline bool kasan_mempool_poison_pages(struct page *page, unsigned int order)
{
	return true;
}

static inline void kasan_mempool_unpoison_pages(struct page *page, unsigned int order) {}
static inline bool kasan_check_byte(const void *address) { return true; }
static inline void kasan_unpoison_task_stack(struct task_struct *task) {}
static inline void kasan_record_aux_stack(void *object) {}
static inline void kasan_record_aux_stack_noalloc(void *object) {}
static inline void *kasan_reset_tag(const void *address) { return (void *)address; }
static inline void kasan_poison_vmalloc(const void *start, unsigned long size) {}

#endif
