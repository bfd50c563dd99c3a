/* SPDX-License-Identifier: MIT */
/*
 * dup_user.c - copies of user space's memory, allocated
 *
 * Each is one allocation in the name of the function the user called.
 * Lock: none.  May sleep.
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "kapi/kvmalloc.h"

/* @room bytes, of which the first @bytes come from user space; freed and -EFAULT if they cannot. */
static void *fill(void *copy, const void __user *from, size_t bytes, const struct slab_call *call)
{
	if (!copy)
		return ERR_PTR(-ENOMEM);
	if (bytes && copy_from_user(copy, from, bytes)) {
		kvfree_call(copy, call);
		return ERR_PTR(-EFAULT);
	}
	return copy;
}

void *memdup_user(const void __user *from, size_t bytes)
{
	const struct slab_call *call = KMALLOC_CALL("memdup_user");

	return fill(kmalloc_call(bytes, GFP_USER | __GFP_NOWARN, call), from, bytes, call);
}

void *vmemdup_user(const void __user *from, size_t bytes)
{
	const struct slab_call *call = KVMALLOC_CALL("vmemdup_user");

	return fill(kvmalloc_call(bytes, GFP_USER, call), from, bytes, call);
}

char *strndup_user(const char __user *from, long most)
{
	const struct slab_call *call = KMALLOC_CALL("strndup_user");
	long length = strnlen_user(from, most);
	char *copy;

	if (!length)
		return ERR_PTR(-EFAULT);
	if (length > most)
		return ERR_PTR(-EINVAL);
	copy = fill(kmalloc_call(length, GFP_USER | __GFP_NOWARN, call), from, length, call);
	/* Users may have written meanwhile. */
	if (!IS_ERR(copy))
		copy[length - 1] = 0;
	return copy;
}

void *memdup_user_nul(const void __user *from, size_t bytes)
{
	const struct slab_call *call = KMALLOC_CALL("memdup_user_nul");
	char *copy = fill(kmalloc_call(bytes + 1, GFP_KERNEL, call), from, bytes, call);

	if (!IS_ERR(copy))
		copy[bytes] = 0;
	return copy;
}
