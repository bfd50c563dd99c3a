/* SPDX-License-Identifier: MIT */
/*
 * devm.c - managed memory: the kmalloc family with a device that frees it
 *
 * Each is one allocation in the name of the function the user called.
 * M1  The pointer a user has is the data of a record, never the start of a slab object, so a plain
 *     kfree() of it is detected.
 * Lock: none of its own.  Sleeps if the gfp may block.
 */
#include "kapi/devres.h"
#include "kern/tell.h"

#include <asm/sections.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/overflow.h>
#include <linux/sprintf.h>
#include <linux/string.h>

static void memory_release(struct device *dev, void *res)
{
	/* The record's memory is the resource. */
}

static void *memory_make(struct device *dev, size_t bytes, gfp_t gfp, const struct slab_call *call)
{
	struct devres *res;

	if (!bytes) {
		slab_tell(KM_POINT_ALLOC_ZERO, NULL, 0, 0, NULL, call);
		return ZERO_SIZE_PTR;
	}
	res = devres_make(memory_release, bytes, gfp, "memory", call);
	if (!res)
		return NULL;
	devres_link(dev, res);
	return res->data;
}

static void *array_make(struct device *dev, size_t n, size_t size, gfp_t gfp,
			const struct slab_call *call)
{
	size_t bytes;

	return check_mul_overflow(n, size, &bytes) ? NULL : memory_make(dev, bytes, gfp, call);
}

void *devm_kmalloc(struct device *dev, size_t size, gfp_t gfp)
{
	return memory_make(dev, size, gfp, DEVRES_CALL("devm_kmalloc"));
}

void *devm_kzalloc(struct device *dev, size_t size, gfp_t gfp)
{
	return memory_make(dev, size, gfp | __GFP_ZERO, DEVRES_CALL("devm_kzalloc"));
}

void *devm_kmalloc_array(struct device *dev, size_t n, size_t size, gfp_t flags)
{
	return array_make(dev, n, size, flags, DEVRES_CALL("devm_kmalloc_array"));
}

void *devm_kcalloc(struct device *dev, size_t n, size_t size, gfp_t flags)
{
	return array_make(dev, n, size, flags | __GFP_ZERO, DEVRES_CALL("devm_kcalloc"));
}

static bool is_constant_text(const void *p)
{
	return is_kernel_rodata((unsigned long)p);
}

static void memory_free(struct device *dev, const void *p, const struct slab_call *call)
{
	struct devres *res;

	if (ZERO_OR_NULL_PTR(p) || is_constant_text(p))
		return;
	res = devres_unlink(dev, memory_release, devres_is, (void *)p);
	if (res) {
		devres_unmake(res, call);
		return;
	}
	if (slab_ask_lost(p, call) == KM_GO)
		WARN(1, "%s: 0x%px is no memory of device '%s'\n", call->what, p, dev_name(dev));
}

void devm_kfree(struct device *dev, const void *p)
{
	memory_free(dev, p, DEVRES_CALL("devm_kfree"));
}

/* -- another size ----------------------------------------------------------------------------- */

/* Room @p has; 0: it is not the device's. */
static size_t memory_room(struct device *dev, const void *p)
{
	void *data = devres_find(dev, memory_release, devres_is, (void *)p);

	return data ? devres_room(devres_of(data)) : 0;
}

static void *memory_grow(struct device *dev, void *p, size_t room, size_t size, gfp_t gfp,
			 const struct slab_call *call)
{
	struct devres *fresh = devres_make(memory_release, size, gfp, "memory", call), *old;
	size_t kept = devres_of(p)->bytes < room ? devres_of(p)->bytes : room;

	if (!fresh)
		return NULL;
	memcpy(fresh->data, p, kept);
	old = devres_swap(dev, p, memory_release, fresh);
	if (WARN(!old, "%s: the memory went away meanwhile\n", call->what)) {
		devres_unmake(fresh, call);
		return NULL;
	}
	devres_unmake(old, call);
	return fresh->data;
}

static void *memory_resize(struct device *dev, void *p, size_t size, gfp_t gfp,
			   const struct slab_call *call)
{
	size_t room;

	if (ZERO_OR_NULL_PTR(p))
		return memory_make(dev, size, gfp, call);
	if (!size) {
		slab_tell(KM_POINT_ALLOC_ZERO, NULL, 0, 0, NULL, call);
		memory_free(dev, p, call);
		return ZERO_SIZE_PTR;
	}
	if (WARN_ON(is_constant_text(p)))
		return NULL;
	room = memory_room(dev, p);
	if (WARN(!room, "%s: 0x%px is no memory of device '%s'\n", call->what, p, dev_name(dev)))
		return NULL;
	if (size > room)
		return memory_grow(dev, p, room, size, gfp, call);
	if (size > devres_of(p)->bytes && (gfp & __GFP_ZERO))
		memset((char *)p + devres_of(p)->bytes, 0, size - devres_of(p)->bytes);
	devres_of(p)->bytes = size;
	slab_tell(KM_POINT_RESIZE, p, size, room, NULL, call);
	return p;
}

void *devm_krealloc(struct device *dev, void *ptr, size_t size, gfp_t gfp)
{
	return memory_resize(dev, ptr, size, gfp, DEVRES_CALL("devm_krealloc"));
}

void *devm_krealloc_array(struct device *dev, void *p, size_t new_n, size_t new_size, gfp_t flags)
{
	size_t bytes;

	if (check_mul_overflow(new_n, new_size, &bytes))
		return NULL;
	return memory_resize(dev, p, bytes, flags, DEVRES_CALL("devm_krealloc_array"));
}

/* -- copies and texts ------------------------------------------------------------------------- */

static void *copy_make(struct device *dev, const void *src, size_t bytes, gfp_t gfp,
		       const struct slab_call *call)
{
	void *copy = memory_make(dev, bytes, gfp, call);

	if (copy && bytes && touch(src, bytes, false, call->caller, call->frame))
		memcpy(copy, src, bytes);
	return copy;
}

void *devm_kmemdup(struct device *dev, const void *src, size_t len, gfp_t gfp)
{
	return copy_make(dev, src, len, gfp, DEVRES_CALL("devm_kmemdup"));
}

void *devm_kmemdup_array(struct device *dev, const void *src, size_t n, size_t size, gfp_t flags)
{
	return copy_make(dev, src, size_mul(n, size), flags, DEVRES_CALL("devm_kmemdup_array"));
}

char *devm_kstrdup(struct device *dev, const char *s, gfp_t gfp)
{
	if (!s)
		return NULL;
	return copy_make(dev, s, strlen(s) + 1, gfp, DEVRES_CALL("devm_kstrdup"));
}

const char *devm_kstrdup_const(struct device *dev, const char *s, gfp_t gfp)
{
	if (!s || is_constant_text(s))
		return s;
	return copy_make(dev, s, strlen(s) + 1, gfp, DEVRES_CALL("devm_kstrdup_const"));
}

static char *text_make(struct device *dev, gfp_t gfp, const char *fmt, va_list args,
		       const struct slab_call *call)
{
	va_list copy;
	char *text;
	int length;

	touch_format(&(const struct asker){ call->caller, call->frame }, fmt, args);
	va_copy(copy, args);
	length = vsnprintf(NULL, 0, fmt, copy);
	va_end(copy);
	text = memory_make(dev, length + 1, gfp, call);
	if (text)
		vsnprintf(text, length + 1, fmt, args);
	return text;
}

char *devm_kvasprintf(struct device *dev, gfp_t gfp, const char *fmt, va_list ap)
{
	return text_make(dev, gfp, fmt, ap, DEVRES_CALL("devm_kvasprintf"));
}

char *devm_kasprintf(struct device *dev, gfp_t gfp, const char *fmt, ...)
{
	const struct slab_call *call = DEVRES_CALL("devm_kasprintf");
	va_list args;
	char *text;

	va_start(args, fmt);
	text = text_make(dev, gfp, fmt, args, call);
	va_end(args);
	return text;
}
