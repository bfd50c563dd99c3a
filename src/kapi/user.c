/* SPDX-License-Identifier: MIT */
/*
 * user.c - what stands for user space, and copies to and from it
 *
 * Owns: the ranges of km_user_add(); the memory of the tasks of user space (user_memory_set).
 * U1  No copy touches a byte that is not user space on the one side, and not allowed on the other.
 * U2  On the kernel's side an object of a slab may be copied within its cache's usercopy region
 *     only; kmalloc()'s objects as a whole.
 * U3  The memory of user space's tasks is not mapped at the addresses they have for it: who
 *     dereferences one faults, as with SMAP.  Only those tasks may copy there, and nowhere else.
 * Lock: ranges_lock.  Copies may sleep, as rules see it.
 */
#include <kmalloc/user.h>
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include "kapi/kapi.h"
#include "kern/tell.h"
#include "slab/slab.h"

struct user_range { uintptr_t base; size_t bytes; };

/* A copying function and who called it. */
struct copy_call {
	const char *what;
	bool to_user;
	uintptr_t caller, frame;
};

static struct user_range ranges[KM_USER_RANGES];
static unsigned int range_count;
static struct km_spin ranges_lock = KM_SPIN_INIT;
/* U3 */
static struct user_memory memory;

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
	memory.areas = 0;
}

void user_memory_set(const struct user_memory *new_memory)
{
	memory = *new_memory;
}

bool user_holds(uintptr_t address)
{
	return address - memory.base < memory.areas * memory.stride;
}

/* Where what user space has at @address can be read and written. */
static void *user_backing(const void __user *address)
{
	uintptr_t at = (uintptr_t)address, offset = at - memory.base;

	if (!user_holds(at))
		return (void *)at;
	return memory.backing + offset / memory.stride * memory.bytes + offset % memory.stride;
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

/* U3 */
static size_t memory_span(uintptr_t at, size_t bytes)
{
	size_t offset = (at - memory.base) % max(memory.stride, 1ul);

	if (!current->has_user_memory || !user_holds(at) || offset >= memory.bytes)
		return 0;
	return min(bytes, memory.bytes - offset);
}

/* How many of @bytes at @address are user space, from the first on. */
static size_t user_span(const void __user *address, size_t bytes)
{
	uintptr_t at = (uintptr_t)address;
	unsigned long irq;
	size_t span;

	if (at + bytes < at)
		bytes = -at;
	if (current->has_user_memory || user_holds(at))
		return memory_span(at, bytes);
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

static bool is_on_stack(uintptr_t at)
{
	struct km_port_region ranges[4];
	unsigned int count = km_port_stacks(ranges, ARRAY_SIZE(ranges));

	for (unsigned int i = 0; i < count; i++)
		if (at - (uintptr_t)ranges[i].base < ranges[i].bytes)
			return true;
	return false;
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

static void tell_bad(const void *object, enum km_user_bad how, const char *text,
		     const struct copy_call *call)
{
	struct km_event event = {
		.point = KM_POINT_USER_BAD,
		.family = KM_FAMILY_OTHER,
		.what = text,
		.object = object,
		.order = how,
		.caller = call->caller,
		.frame = call->frame,
	};

	watch_tell(&event);
}

static void tell_beyond(const void __user *user, unsigned long bytes,
			const struct copy_call *call)
{
	const struct task_struct *self = current;
	char text[160];

	scnprintf(text, sizeof(text),
		  "BUG: user-buffer-overflow: %s() of %lu bytes at byte %lu of the %lu that "
		  "%s() was given", call->what, bytes, (unsigned long)user - self->user_start,
		  self->user_bytes, call->to_user ? "read" : "write");
	tell_bad((const void __force *)user, KM_USER_BEYOND, text, call);
}

/*
 * Copies of a task of user space: is each side where it belongs?  An address that user space made
 * up may be the kernel's by chance, or by malice: it is the driver's mistake only if the driver
 * brought it.
 */
static bool sides_are_right(const void *kernel, const void __user *user, unsigned long bytes,
			    const struct copy_call *call)
{
	const struct task_struct *self = current;
	uintptr_t at = (uintptr_t)user;
	char text[120];

	if (user_holds((uintptr_t)kernel)) {
		scnprintf(text, sizeof(text),
			  "BUG: %s(): the kernel's side of the copy is memory of user space",
			  call->what);
		tell_bad(kernel, KM_USER_DIRECT, text, call);
		return false;
	}
	if (!self->has_user_memory)
		return true;
	if (!user_holds(at) && at != self->user_start && at >= PAGE_SIZE &&
	    (frame_of((void *)at) || is_vmalloc_addr((void *)at) || is_on_stack(at))) {
		scnprintf(text, sizeof(text),
			  "BUG: %s(): the user's side of the copy is memory of the kernel",
			  call->what);
		tell_bad((const void __force *)user, KM_USER_KERNELS, text, call);
	}
	if (self->user_start && at - self->user_start <= self->user_bytes &&
	    bytes > self->user_bytes - (at - self->user_start))
		tell_beyond(user, bytes, call);
	return true;
}

/* Inline: the door hears of the caller of the function that is called. */
static __always_inline unsigned long copy_in(void *to, const void __user *from,
					     unsigned long bytes, const char *what)
{
	const struct copy_call call = { what, false, WATCH_CALLER(), WATCH_FRAME() };
	size_t span;

	if (!bytes || !sides_are_right(to, from, bytes, &call) || !TOUCH_BYTES(to, bytes, true) ||
	    !object_allows(to, bytes, "overwrite", "to"))
		return bytes;
	span = user_span(from, bytes);
	memcpy(to, user_backing(from), span);
	memset((char *)to + span, 0, bytes - span);
	return bytes - span;
}

static __always_inline unsigned long copy_out(void __user *to, const void *from,
					      unsigned long bytes, const char *what)
{
	const struct copy_call call = { what, true, WATCH_CALLER(), WATCH_FRAME() };
	size_t span;

	if (!bytes || !sides_are_right(from, to, bytes, &call) ||
	    !TOUCH_BYTES(from, bytes, false) ||
	    !object_allows(from, bytes, "exposure", "from"))
		return bytes;
	span = user_span(to, bytes);
	memcpy(user_backing(to), from, span);
	return bytes - span;
}

unsigned long copy_from_user(void *to, const void __user *from, unsigned long bytes)
{
	user_may_sleep("copy_from_user");
	return copy_in(to, from, bytes, "copy_from_user");
}

unsigned long copy_to_user(void __user *to, const void *from, unsigned long bytes)
{
	user_may_sleep("copy_to_user");
	return copy_out(to, from, bytes, "copy_to_user");
}

unsigned long km_get_user(void *to, const void __user *from, unsigned long bytes)
{
	user_may_sleep("get_user");
	return copy_in(to, from, bytes, "get_user");
}

unsigned long km_put_user(void __user *to, const void *from, unsigned long bytes)
{
	user_may_sleep("put_user");
	return copy_out(to, from, bytes, "put_user");
}

unsigned long __copy_from_user_inatomic(void *to, const void __user *from, unsigned long bytes)
{
	return copy_in(to, from, bytes, "__copy_from_user_inatomic");
}

unsigned long __copy_to_user_inatomic(void __user *to, const void *from, unsigned long bytes)
{
	return copy_out(to, from, bytes, "__copy_to_user_inatomic");
}

long copy_from_user_nofault(void *to, const void __user *from, size_t bytes)
{
	return copy_in(to, from, bytes, "copy_from_user_nofault") ? -EFAULT : 0;
}

long copy_to_user_nofault(void __user *to, const void *from, size_t bytes)
{
	return copy_out(to, from, bytes, "copy_to_user_nofault") ? -EFAULT : 0;
}

unsigned long clear_user(void __user *to, unsigned long bytes)
{
	size_t span;

	user_may_sleep("clear_user");
	span = user_span(to, bytes);
	memset(user_backing(to), 0, span);
	return bytes - span;
}

static long text_length(const char __user *text, long most)
{
	size_t span, length;

	if (most <= 0)
		return 0;
	span = user_span(text, most);
	length = strnlen(user_backing(text), span);
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
	if (copy_in(to, from, min(length, room), "strncpy_from_user"))
		return -EFAULT;
	return length - 1;
}
