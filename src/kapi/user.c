/* SPDX-License-Identifier: MIT */
/*
 * user.c - what stands for user space, and copies to and from it
 *
 * Owns: the ranges of km_user_add().
 * U1  No copy touches a byte that is not user space on the one side, and not allowed on the other.
 * U2  On the kernel's side an object of a slab may be copied within its cache's usercopy region
 *     only; kmalloc()'s objects as a whole.
 * Lock: ranges_lock.  Copies may sleep, as rules see it.
 */
#include <kmalloc/user.h>
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include "kapi/kapi.h"
#include "kern/tell.h"
#include "slab/slab.h"

struct user_range { uintptr_t base; size_t bytes; };

static struct user_range ranges[KM_USER_RANGES];
static unsigned int range_count;
static struct km_spin ranges_lock = KM_SPIN_INIT;

int km_user_add(void *base, size_t bytes)
{
	unsigned long irq;
	int error = -ENOSPC;

	if (!bytes || (uintptr_t)base + bytes < (uintptr_t)base)
		return -EINVAL;
	irq = km_spin_lock(&ranges_lock);
	if (range_count < KM_USER_RANGES) {
		ranges[range_count++] = (struct user_range) { (uintptr_t)base, bytes };
		error = 0;
	}
	km_spin_unlock(&ranges_lock, irq);
	return error;
}

int km_user_remove(void *base)
{
	unsigned long irq = km_spin_lock(&ranges_lock);
	int error = -ENOENT;

	for (unsigned int i = 0; i < range_count && error; i++) {
		if (ranges[i].base == (uintptr_t)base) {
			ranges[i] = ranges[--range_count];
			error = 0;
		}
	}
	km_spin_unlock(&ranges_lock, irq);
	return error;
}

void user_forget(void)
{
	range_count = 0;
}

/* -- what is user space ----------------------------------------------------------------------- */

/* Bytes from @at on that a range holds, at most @bytes. */
static size_t range_span_locked(uintptr_t at, size_t bytes)
{
	size_t span = 0;
	bool is_more = true;

	/* Ranges may touch: go on where one ends. */
	while (is_more && span < bytes) {
		is_more = false;
		for (unsigned int i = 0; i < range_count; i++) {
			size_t offset = at + span - ranges[i].base;

			if (at + span >= ranges[i].base && offset < ranges[i].bytes) {
				span += ranges[i].bytes - offset;
				is_more = true;
				break;
			}
		}
	}
	return min(span, bytes);
}

static bool is_kernels(uintptr_t at)
{
	/* The upper half of all addresses is a kernel's everywhere. */
	if (at < PAGE_SIZE || (intptr_t)at < 0)
		return true;
	return frame_of((void *)at) || is_vmalloc_addr((void *)at);
}

/* Without ranges: up to the first page that is the machine's. */
static size_t plain_span(uintptr_t at, size_t bytes)
{
	size_t span = 0;

	while (span < bytes && !is_kernels(at + span))
		span += PAGE_SIZE - ((at + span) & (PAGE_SIZE - 1));
	return min(span, bytes);
}

/* How many of @bytes at @address are user space, from the first on. */
static size_t user_span(const void __user *address, size_t bytes)
{
	uintptr_t at = (uintptr_t)address;
	unsigned long irq;
	size_t span;

	if (at + bytes < at)
		bytes = -at;
	irq = km_spin_lock(&ranges_lock);
	span = range_count ? range_span_locked(at, bytes) : plain_span(at, bytes);
	km_spin_unlock(&ranges_lock, irq);
	return span;
}

bool km_access_ok(const void __user *address, unsigned long bytes)
{
	return user_span(address, bytes) == bytes;
}

/* -- copies ----------------------------------------------------------------------------------- */

/* User memory may have to be fetched first, unless the caller forbade it. */
static void user_may_sleep(const char *what)
{
	if (!pagefault_disabled())
		km_might_sleep(what);
}

/* U2 */
static bool object_allows(const void *object, size_t bytes, const char *verb, const char *way)
{
	struct slab_place place;
	size_t offset, region;

	if (!slab_find(object, &place) || !place.cache)
		return true;
	offset = place.offset;
	region = place.cache->useroffset;
	if (offset >= region && offset - region <= place.cache->usersize &&
	    bytes <= place.cache->usersize - (offset - region))
		return true;
	WARN(1, "usercopy: Kernel memory %s attempt detected %s SLUB object '%s' "
	     "(offset %zu, size %zu)!\n", verb, way, place.cache->name, offset, bytes);
	return false;
}

/* Inline: the door hears of the caller of the function that is called. */
static __always_inline unsigned long copy_in(void *to, const void __user *from,
					     unsigned long bytes)
{
	size_t span;

	if (!bytes || !TOUCH_BYTES(to, bytes, true) ||
	    !object_allows(to, bytes, "overwrite", "to"))
		return bytes;
	span = user_span(from, bytes);
	memcpy(to, (const void __force *)from, span);
	memset((char *)to + span, 0, bytes - span);
	return bytes - span;
}

static __always_inline unsigned long copy_out(void __user *to, const void *from,
					      unsigned long bytes)
{
	size_t span;

	if (!bytes || !TOUCH_BYTES(from, bytes, false) ||
	    !object_allows(from, bytes, "exposure", "from"))
		return bytes;
	span = user_span(to, bytes);
	memcpy((void __force *)to, from, span);
	return bytes - span;
}

unsigned long copy_from_user(void *to, const void __user *from, unsigned long bytes)
{
	user_may_sleep("copy_from_user");
	return copy_in(to, from, bytes);
}

unsigned long copy_to_user(void __user *to, const void *from, unsigned long bytes)
{
	user_may_sleep("copy_to_user");
	return copy_out(to, from, bytes);
}

unsigned long km_get_user(void *to, const void __user *from, unsigned long bytes)
{
	user_may_sleep("get_user");
	return copy_in(to, from, bytes);
}

unsigned long km_put_user(void __user *to, const void *from, unsigned long bytes)
{
	user_may_sleep("put_user");
	return copy_out(to, from, bytes);
}

unsigned long __copy_from_user_inatomic(void *to, const void __user *from, unsigned long bytes)
{
	return copy_in(to, from, bytes);
}

unsigned long __copy_to_user_inatomic(void __user *to, const void *from, unsigned long bytes)
{
	return copy_out(to, from, bytes);
}

long copy_from_user_nofault(void *to, const void __user *from, size_t bytes)
{
	return copy_in(to, from, bytes) ? -EFAULT : 0;
}

long copy_to_user_nofault(void __user *to, const void *from, size_t bytes)
{
	return copy_out(to, from, bytes) ? -EFAULT : 0;
}

unsigned long clear_user(void __user *to, unsigned long bytes)
{
	size_t span;

	user_may_sleep("clear_user");
	span = user_span(to, bytes);
	memset((void __force *)to, 0, span);
	return bytes - span;
}

static long text_length(const char __user *text, long most)
{
	size_t span, length;

	if (most <= 0)
		return 0;
	span = user_span(text, most);
	length = strnlen((const char __force *)text, span);
	if (length < span)
		return length + 1;
	return span == (size_t)most ? most + 1 : 0;
}

long strnlen_user(const char __user *text, long most)
{
	user_may_sleep("strnlen_user");
	return text_length(text, most);
}

long strncpy_from_user(char *to, const char __user *from, long room)
{
	long length;

	user_may_sleep("strncpy_from_user");
	if (room <= 0)
		return 0;
	length = text_length(from, room);
	if (!length)
		return -EFAULT;
	if (copy_in(to, from, min(length, room)))
		return -EFAULT;
	return length - 1;
}
