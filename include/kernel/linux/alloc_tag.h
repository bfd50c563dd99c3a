/* SPDX-License-Identifier: MIT */
/*
 * alloc_tag.h - which line of code has how much memory: CONFIG_MEM_ALLOC_PROFILING
 *
 * Compile a file with -DCONFIG_MEM_ALLOC_PROFILING and every call below carries a tag of its own;
 * boot with "sysctl.vm.mem_profiling=1" and the tags count.  /proc/allocinfo of Linux, here the
 * view "allocinfo", shows them.  Without the definition nothing of this costs anything.
 *
 * Included at the end of slab.h, and again at the end of vmalloc.h: the macros stand behind the
 * declarations of the functions whose names they take.
 */
#ifndef _LINUX_ALLOC_TAG_H
#define _LINUX_ALLOC_TAG_H

#include <linux/types.h>

struct codetag {
	unsigned int lineno;
	const char *modname;	/* NULL: not a module */
	const char *function;
	const char *filename;
};

/* Static, one at each call; the first allocation under it puts it on the list of all. */
struct alloc_tag {
	struct codetag ct;
	struct alloc_tag *next;
	u64 bytes, calls;	/* live now */
	bool is_listed;
};

/**
 * alloc_tag_save() - what the current task allocates from here on is @tag's
 * Context: any.   Return: the tag so far, for alloc_tag_restore().
 */
struct alloc_tag *alloc_tag_save(struct alloc_tag *tag) KM_SYM(alloc_tag_save);
void alloc_tag_restore(struct alloc_tag *old) KM_SYM(alloc_tag_restore);

#ifdef CONFIG_MEM_ALLOC_PROFILING
#ifdef MODULE
#define KM_TAG_MODULE	KBUILD_MODNAME
#else
#define KM_TAG_MODULE	NULL
#endif

#define alloc_hooks_tag(tag, call)						\
({										\
	struct alloc_tag *km_old_tag_ = alloc_tag_save(tag);			\
	__auto_type km_result_ = (call);					\
										\
	alloc_tag_restore(km_old_tag_);						\
	km_result_;								\
})
#define alloc_hooks(call)							\
({										\
	static struct alloc_tag km_tag_ = {					\
		.ct = { __LINE__, KM_TAG_MODULE, __func__, __FILE__ },		\
	};									\
										\
	alloc_hooks_tag(&km_tag_, call);					\
})
#else
#define alloc_hooks_tag(tag, call)	(call)
#define alloc_hooks(call)		(call)
#define alloc_tag_record(tag)		do { } while (0)
#endif

#endif

#ifdef CONFIG_MEM_ALLOC_PROFILING
#if defined(KM_SLAB_DECLARED) && !defined(KM_TAGS_OF_SLAB)
#define KM_TAGS_OF_SLAB
#define alloc_pages(...)		alloc_hooks(alloc_pages(__VA_ARGS__))
#define __alloc_pages(...)		alloc_hooks(__alloc_pages(__VA_ARGS__))
#define alloc_pages_node(...)		alloc_hooks(alloc_pages_node(__VA_ARGS__))
#define folio_alloc(...)		alloc_hooks(folio_alloc(__VA_ARGS__))
#define __folio_alloc_node(...)		alloc_hooks(__folio_alloc_node(__VA_ARGS__))
#define __get_free_pages(...)		alloc_hooks(__get_free_pages(__VA_ARGS__))
#define get_zeroed_page(...)		alloc_hooks(get_zeroed_page(__VA_ARGS__))
#define alloc_pages_exact(...)		alloc_hooks(alloc_pages_exact(__VA_ARGS__))
#define alloc_pages_exact_nid(...)	alloc_hooks(alloc_pages_exact_nid(__VA_ARGS__))
#define __alloc_pages_bulk(...)		alloc_hooks(__alloc_pages_bulk(__VA_ARGS__))
#define kmalloc(...)			alloc_hooks(kmalloc(__VA_ARGS__))
#define kzalloc(...)			alloc_hooks(kzalloc(__VA_ARGS__))
#define kmalloc_node(...)		alloc_hooks(kmalloc_node(__VA_ARGS__))
#define kzalloc_node(...)		alloc_hooks(kzalloc_node(__VA_ARGS__))
#define kmalloc_array(...)		alloc_hooks(kmalloc_array(__VA_ARGS__))
#define kcalloc(...)			alloc_hooks(kcalloc(__VA_ARGS__))
#define kmalloc_array_node(...)		alloc_hooks(kmalloc_array_node(__VA_ARGS__))
#define kcalloc_node(...)		alloc_hooks(kcalloc_node(__VA_ARGS__))
#define krealloc(...)			alloc_hooks(krealloc(__VA_ARGS__))
#define krealloc_array(...)		alloc_hooks(krealloc_array(__VA_ARGS__))
#define kvmalloc(...)			alloc_hooks(kvmalloc(__VA_ARGS__))
#define kvzalloc(...)			alloc_hooks(kvzalloc(__VA_ARGS__))
#define kvmalloc_node(...)		alloc_hooks(kvmalloc_node(__VA_ARGS__))
#define kvzalloc_node(...)		alloc_hooks(kvzalloc_node(__VA_ARGS__))
#define kvmalloc_array(...)		alloc_hooks(kvmalloc_array(__VA_ARGS__))
#define kvcalloc(...)			alloc_hooks(kvcalloc(__VA_ARGS__))
#define kvrealloc(...)			alloc_hooks(kvrealloc(__VA_ARGS__))
#define kmem_cache_alloc(...)		alloc_hooks(kmem_cache_alloc(__VA_ARGS__))
#define kmem_cache_zalloc(...)		alloc_hooks(kmem_cache_zalloc(__VA_ARGS__))
#define kmem_cache_alloc_node(...)	alloc_hooks(kmem_cache_alloc_node(__VA_ARGS__))
#define kmem_cache_alloc_lru(...)	alloc_hooks(kmem_cache_alloc_lru(__VA_ARGS__))
#define kmem_cache_alloc_bulk(...)	alloc_hooks(kmem_cache_alloc_bulk(__VA_ARGS__))
#define kmemdup(...)			alloc_hooks(kmemdup(__VA_ARGS__))
#define kvmemdup(...)			alloc_hooks(kvmemdup(__VA_ARGS__))
#define kmemdup_array(...)		alloc_hooks(kmemdup_array(__VA_ARGS__))
#define kmemdup_nul(...)		alloc_hooks(kmemdup_nul(__VA_ARGS__))
#define kstrdup(...)			alloc_hooks(kstrdup(__VA_ARGS__))
#define kstrndup(...)			alloc_hooks(kstrndup(__VA_ARGS__))
#define kasprintf(...)			alloc_hooks(kasprintf(__VA_ARGS__))
#endif

#if defined(KM_VMALLOC_DECLARED) && !defined(KM_TAGS_OF_VMALLOC)
#define KM_TAGS_OF_VMALLOC
#define vmalloc(...)			alloc_hooks(vmalloc(__VA_ARGS__))
#define vzalloc(...)			alloc_hooks(vzalloc(__VA_ARGS__))
#define vmalloc_user(...)		alloc_hooks(vmalloc_user(__VA_ARGS__))
#define vmalloc_node(...)		alloc_hooks(vmalloc_node(__VA_ARGS__))
#define vzalloc_node(...)		alloc_hooks(vzalloc_node(__VA_ARGS__))
#define vmalloc_32(...)			alloc_hooks(vmalloc_32(__VA_ARGS__))
#define vmalloc_array(...)		alloc_hooks(vmalloc_array(__VA_ARGS__))
#define vcalloc(...)			alloc_hooks(vcalloc(__VA_ARGS__))
#define vmalloc_huge(...)		alloc_hooks(vmalloc_huge(__VA_ARGS__))
#define __vmalloc(...)			alloc_hooks(__vmalloc(__VA_ARGS__))
#define vrealloc(...)			alloc_hooks(vrealloc(__VA_ARGS__))
#endif
#endif
