/* SPDX-License-Identifier: MIT */
/*
 * devres.h - what a device holds and gives back by itself when its driver lets go of it
 *
 * Released in the reverse order of their making: when the driver is unbound, when its probe
 * failed, or with the last reference to the device.
 */
#ifndef _DEVICE_DEVRES_H_
#define _DEVICE_DEVRES_H_

#include <linux/err.h>
#include <linux/gfp_types.h>
#include <linux/numa.h>
#include <linux/overflow.h>
#include <linux/stdarg.h>
#include <linux/types.h>

struct device;

typedef void (*dr_release_t)(struct device *dev, void *res);
typedef int (*dr_match_t)(struct device *dev, void *res, void *match_data);

/* -- resources of one's own ------------------------------------------------------------------- */
/**
 * devres_alloc() - memory for the record of one resource; zeroed
 * @release: called with the record when the device lets go of it
 * Context: as @gfp says.   Return: the record, on no device yet; or NULL.
 */
void *__devres_alloc_node(dr_release_t release, size_t size, gfp_t gfp, int nid, const char *name)
	KM_SYM(__devres_alloc_node) __malloc;
#define devres_alloc(release, size, gfp)	\
	__devres_alloc_node(release, size, gfp, NUMA_NO_NODE, #release)
#define devres_alloc_node(release, size, gfp, nid)	\
	__devres_alloc_node(release, size, gfp, nid, #release)
/* a record that was never added, or removed; NULL does nothing */
void devres_free(void *res) KM_SYM(devres_free);
void devres_add(struct device *dev, void *res) KM_SYM(devres_add);
/* the youngest with @release for which @match (NULL: any) answers true */
void *devres_find(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
	KM_SYM(devres_find);
/* the one there is, and @new_res is freed; else @new_res, added */
void *devres_get(struct device *dev, void *new_res, dr_match_t match, void *match_data)
	KM_SYM(devres_get);
/* off the device, not released; the caller's again */
void *devres_remove(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
	KM_SYM(devres_remove);
/* removed and freed, not released; 0 or -ENOENT */
int devres_destroy(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
	KM_SYM(devres_destroy);
/* removed, released and freed; 0 or -ENOENT */
int devres_release(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
	KM_SYM(devres_release);
int devres_release_all(struct device *dev) KM_SYM(devres_release_all);
void devres_for_each_res(struct device *dev, dr_release_t release, dr_match_t match,
			 void *match_data, void (*fn)(struct device *, void *, void *), void *data)
	KM_SYM(devres_for_each_res);

/* -- groups: what was added between open and close can be released by itself ------------------- */
/* @id NULL: the group is its own id; the return value is the id, NULL without memory */
void *devres_open_group(struct device *dev, void *id, gfp_t gfp)
	KM_SYM(devres_open_group) __must_check;
void devres_close_group(struct device *dev, void *id) KM_SYM(devres_close_group);
void devres_remove_group(struct device *dev, void *id) KM_SYM(devres_remove_group);
/* number of resources released, groups not counted */
int devres_release_group(struct device *dev, void *id) KM_SYM(devres_release_group);

/* -- calls to be made at the end -------------------------------------------------------------- */
int __devm_add_action(struct device *dev, void (*action)(void *), void *data, const char *name)
	KM_SYM(__devm_add_action);
int __devm_add_action_or_reset(struct device *dev, void (*action)(void *), void *data,
			       const char *name) KM_SYM(__devm_add_action_or_reset);
/* 0, or -ENOMEM */
#define devm_add_action(dev, action, data)	__devm_add_action(dev, action, data, #action)
/* on -ENOMEM @action has been called */
#define devm_add_action_or_reset(dev, action, data)	\
	__devm_add_action_or_reset(dev, action, data, #action)
void devm_remove_action(struct device *dev, void (*action)(void *), void *data)
	KM_SYM(devm_remove_action);
void devm_release_action(struct device *dev, void (*action)(void *), void *data)
	KM_SYM(devm_release_action);

/* -- memory ----------------------------------------------------------------------------------- */
/**
 * devm_kmalloc() - kmalloc() for as long as the device is bound
 * @size: 0 gives ZERO_SIZE_PTR
 * Also: devm_kzalloc(), devm_kcalloc(), devm_kmalloc_array(), devm_kmemdup(), devm_kstrdup(),
 *       devm_kstrdup_const(), devm_kasprintf(), devm_kvasprintf()
 *
 * Context: as @gfp says.
 * Return:  memory aligned to ARCH_DMA_MINALIGN, or NULL.  Not to be freed with kfree().
 */
void devm_kfree(struct device *dev, const void *p) KM_SYM(devm_kfree);
#define KM_FREED_BY_DEVM	KM_FREED_BY(devm_kfree, 2) __km_result
void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp) KM_SYM(devm_kmalloc)
	KM_FREED_BY_DEVM __alloc_size(2);
void *devm_kzalloc(struct device *dev, size_t size, gfp_t gfp) KM_SYM(devm_kzalloc)
	KM_FREED_BY_DEVM __alloc_size(2);
void *devm_kmalloc_array(struct device *dev, size_t n, size_t size, gfp_t flags)
	KM_SYM(devm_kmalloc_array) KM_FREED_BY_DEVM __alloc_size(2, 3);
void *devm_kcalloc(struct device *dev, size_t n, size_t size, gfp_t flags)
	KM_SYM(devm_kcalloc) KM_FREED_BY_DEVM __alloc_size(2, 3);
/**
 * devm_krealloc() - change the size of managed memory; it keeps its place among the resources
 * @ptr: NULL or ZERO_SIZE_PTR: as devm_kmalloc();   @size: 0 frees @ptr, returns ZERO_SIZE_PTR
 * Return: the memory, possibly moved; NULL without memory, or when @ptr is not the device's (WARN),
 *         and then @ptr is as it was.
 */
void *devm_krealloc(struct device *dev, void *ptr, size_t size, gfp_t gfp)
	KM_SYM(devm_krealloc) __must_check __realloc_size(3);
void *devm_krealloc_array(struct device *dev, void *p, size_t new_n, size_t new_size, gfp_t flags)
	KM_SYM(devm_krealloc_array) __must_check __realloc_size(3, 4);
/**
 * devm_kfree() - free managed memory early
 * @p: NULL, ZERO_SIZE_PTR or a constant text: nothing is done; not the device's: WARN
 * Context: any but NMI.
 */
void devm_kfree(struct device *dev, const void *p) KM_SYM(devm_kfree);
void *devm_kmemdup(struct device *dev, const void *src, size_t len, gfp_t gfp)
	KM_SYM(devm_kmemdup) KM_FREED_BY_DEVM __realloc_size(3);
void *devm_kmemdup_array(struct device *dev, const void *src, size_t n, size_t size, gfp_t flags)
	KM_SYM(devm_kmemdup_array) __realloc_size(3, 4);
/* @s NULL: NULL */
char *devm_kstrdup(struct device *dev, const char *s, gfp_t gfp) KM_SYM(devm_kstrdup)
	KM_FREED_BY_DEVM __malloc;
const char *devm_kstrdup_const(struct device *dev, const char *s, gfp_t gfp)
	KM_SYM(devm_kstrdup_const);
char *devm_kvasprintf(struct device *dev, gfp_t gfp, const char *fmt, va_list ap)
	KM_SYM(devm_kvasprintf) KM_FREED_BY_DEVM __printf(3, 0) __malloc;
char *devm_kasprintf(struct device *dev, gfp_t gfp, const char *fmt, ...)
	KM_SYM(devm_kasprintf) KM_FREED_BY_DEVM __printf(3, 4) __malloc;

/* 0 when there is none; 2^@order pages */
unsigned long devm_get_free_pages(struct device *dev, gfp_t gfp_mask, unsigned int order)
	KM_SYM(devm_get_free_pages);
/* not the device's: WARN */
void devm_free_pages(struct device *dev, unsigned long addr) KM_SYM(devm_free_pages);

/* What a gfp says to the compiler: linux/compiler_context.h. */
#ifdef KM_GFP_IS_LOOKED_AT
#define __devres_alloc_node(_release, _size, _gfp, _nid, _name)	\
	__devres_alloc_node(_release, _size, KM_GFP(_gfp), _nid, _name)
#define devm_kmalloc(_dev, _size, _gfp)	devm_kmalloc(_dev, _size, KM_GFP(_gfp))
#define devm_kzalloc(_dev, _size, _gfp)	devm_kzalloc(_dev, _size, KM_GFP(_gfp))
#define devm_kmalloc_array(_dev, _n, _size, _flags)	\
	devm_kmalloc_array(_dev, _n, _size, KM_GFP(_flags))
#define devm_kcalloc(_dev, _n, _size, _flags)	devm_kcalloc(_dev, _n, _size, KM_GFP(_flags))
#define devm_krealloc(_dev, _ptr, _size, _gfp)	devm_krealloc(_dev, _ptr, _size, KM_GFP(_gfp))
#define devm_krealloc_array(_dev, _p, _new_n, _new_size, _flags)	\
	devm_krealloc_array(_dev, _p, _new_n, _new_size, KM_GFP(_flags))
#define devm_kmemdup(_dev, _src, _len, _gfp)	devm_kmemdup(_dev, _src, _len, KM_GFP(_gfp))
#define devm_kmemdup_array(_dev, _src, _n, _size, _flags)	\
	devm_kmemdup_array(_dev, _src, _n, _size, KM_GFP(_flags))
#define devm_kstrdup(_dev, _s, _gfp)	devm_kstrdup(_dev, _s, KM_GFP(_gfp))
#define devm_kstrdup_const(_dev, _s, _gfp)	devm_kstrdup_const(_dev, _s, KM_GFP(_gfp))
#define devm_kasprintf(_dev, _gfp, ...)	devm_kasprintf(_dev, KM_GFP(_gfp), __VA_ARGS__)
#define devm_get_free_pages(_dev, _gfp_mask, _order)	\
	devm_get_free_pages(_dev, KM_GFP(_gfp_mask), _order)
#endif

#endif
