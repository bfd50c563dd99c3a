/* SPDX-License-Identifier: MIT */
/*
 * dup.c - copies of memory and of text, allocated
 *
 * Each is one allocation in the name of the function the user called: a report shows "kstrdup" and
 * the user's line.
 * Lock: none.  Sleeps if the gfp may block.
 */
#include <asm/sections.h>
#include <linux/minmax.h>
#include <linux/overflow.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "kern/tell.h"
#include "slab/slab.h"

static void *dup_call(const void *from, size_t bytes, gfp_t gfp, const struct slab_call *call)
{
	void *copy = kmalloc_call(bytes, gfp, call);

	if (!copy || !bytes)
		return copy;
	touch(from, bytes, false, call->caller, call->frame);
	memcpy(copy, from, bytes);
	return copy;
}

static char *dup_text_call(const char *from, size_t length, gfp_t gfp, const struct slab_call *call)
{
	char *copy = kmalloc_call(length + 1, gfp, call);

	if (!copy)
		return NULL;
	if (length)
		touch(from, length, false, call->caller, call->frame);
	memcpy(copy, from, length);
	copy[length] = '\0';
	return copy;
}

void *kmemdup(const void *from, size_t bytes, gfp_t gfp)
{
	return dup_call(from, bytes, gfp, KMALLOC_CALL("kmemdup"));
}

void *kmemdup_array(const void *from, size_t n, size_t size, gfp_t gfp)
{
	return dup_call(from, size_mul(n, size), gfp, KMALLOC_CALL("kmemdup_array"));
}

char *kmemdup_nul(const char *from, size_t length, gfp_t gfp)
{
	if (!from)
		return NULL;
	return dup_text_call(from, length, gfp, KMALLOC_CALL("kmemdup_nul"));
}

char *kstrdup(const char *from, gfp_t gfp)
{
	if (!from)
		return NULL;
	TOUCH_BYTES(from, strlen(from) + 1, false);
	return dup_text_call(from, strlen(from), gfp, KMALLOC_CALL("kstrdup"));
}

char *kstrndup(const char *from, size_t most, gfp_t gfp)
{
	if (!from)
		return NULL;
	TOUCH_BYTES(from, min(strnlen(from, most) + 1, most), false);
	return dup_text_call(from, strnlen(from, most), gfp, KMALLOC_CALL("kstrndup"));
}

/*
 * The pair for text in the kernel's own constant data.  A module's constants are not that, on Linux
 * neither: its texts are always copied and freed.
 */
const char *kstrdup_const(const char *from, gfp_t gfp)
{
	if (!from || is_kernel_rodata((unsigned long)from))
		return from;
	return dup_text_call(from, strlen(from), gfp, KMALLOC_CALL("kstrdup_const"));
}

void kfree_const(const void *object)
{
	if (!is_kernel_rodata((unsigned long)object))
		kfree_call(object, KMALLOC_CALL("kfree_const"));
}

/* -- formatted text --------------------------------------------------------------------------- */

static char *format_call(gfp_t gfp, const char *format, va_list args, const struct slab_call *call)
{
	char *text;
	va_list copy;
	int length;

	touch_format(&(const struct asker){ call->caller, call->frame }, format, args);
	va_copy(copy, args);
	length = vsnprintf(NULL, 0, format, copy);
	va_end(copy);
	text = kmalloc_call(length + 1, gfp, call);
	if (text)
		vsnprintf(text, length + 1, format, args);
	return text;
}

char *kvasprintf(gfp_t gfp, const char *format, va_list args)
{
	return format_call(gfp, format, args, KMALLOC_CALL("kvasprintf"));
}

const char *kvasprintf_const(gfp_t gfp, const char *format, va_list args)
{
	const struct slab_call *call = KMALLOC_CALL("kvasprintf_const");
	const char *text;

	/* "%s" and a text without % need no formatting, only kstrdup_const(). */
	if (!strchr(format, '%'))
		text = format;
	else if (!strcmp(format, "%s"))
		text = va_arg(args, const char *);
	else
		return format_call(gfp, format, args, call);
	if (!text || is_kernel_rodata((unsigned long)text))
		return text;
	TOUCH_TEXT(text);
	return dup_text_call(text, strlen(text), gfp, call);
}

char *kasprintf(gfp_t gfp, const char *format, ...)
{
	const struct slab_call *call = KMALLOC_CALL("kasprintf");
	va_list args;
	char *text;

	va_start(args, format);
	text = format_call(gfp, format, args, call);
	va_end(args);
	return text;
}
