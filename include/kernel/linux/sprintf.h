/* SPDX-License-Identifier: MIT */
/*
 * sprintf.h - formatted text with the kernel's %p forms
 *
 * snprintf() returns what the text would have taken; scnprintf() what it took, without the closing
 * 0.
 */
#ifndef _LINUX_KERNEL_SPRINTF_H
#define _LINUX_KERNEL_SPRINTF_H

#include <linux/compiler_attributes.h>
#include <linux/stdarg.h>
#include <linux/types.h>

int num_to_str(char *buf, int size, unsigned long long num, unsigned int width) KM_SYM(num_to_str);
int sprintf(char *buf, const char *fmt, ...) KM_SYM_OF_TEXT(sprintf) __printf(2, 3);
int vsprintf(char *buf, const char *fmt, va_list args) KM_SYM_OF_TEXT(vsprintf) __printf(2, 0);
int snprintf(char *buf, size_t size, const char *fmt, ...) KM_SYM_OF_TEXT(snprintf) __printf(3, 4);
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
	KM_SYM_OF_TEXT(vsnprintf) __printf(3, 0);
int scnprintf(char *buf, size_t size, const char *fmt, ...) KM_SYM_OF_TEXT(scnprintf) __printf(3,
											       4);
int vscnprintf(char *buf, size_t size, const char *fmt, va_list args)
	KM_SYM_OF_TEXT(vscnprintf) __printf(3, 0);
/**
 * kasprintf() - formatted text in memory of its own; free with kfree()
 * Also: kvasprintf(), kvasprintf_const() (free with kfree_const())
 * Context: as kmalloc() with the same gfp.
 * Return:  the text; NULL without memory.
 */
void kfree(const void *object) KM_SYM(kfree);
void kvfree(const void *object) KM_SYM(kvfree);
void kfree_const(const void *object) KM_SYM(kfree_const);
void kfree_sensitive(const void *object) KM_SYM(kfree_sensitive);
#define KM_TEXT_IS_OWNED							\
	KM_FREED_BY(kfree, 1) KM_FREED_BY(kfree_sensitive, 1)		\
	KM_FREED_BY(kfree_const, 1) KM_FREED_BY(kvfree, 1) __km_result
char *kasprintf(gfp_t gfp, const char *fmt, ...) KM_SYM(kasprintf)
	KM_TEXT_IS_OWNED __printf(2, 3) __malloc;
char *kvasprintf(gfp_t gfp, const char *fmt, va_list args)
	KM_SYM(kvasprintf) KM_TEXT_IS_OWNED __printf(2, 0) __malloc;
const char *kvasprintf_const(gfp_t gfp, const char *fmt, va_list args) KM_SYM(kvasprintf_const)
	__printf(2, 0);
int sscanf(const char *buf, const char *fmt, ...) KM_SYM_OF_TEXT(sscanf) __scanf(2, 3);
int vsscanf(const char *buf, const char *fmt, va_list args) KM_SYM_OF_TEXT(vsscanf) __scanf(2, 0);

/* What a gfp says to the compiler: linux/compiler_context.h. */
#ifdef KM_GFP_IS_LOOKED_AT
#define kasprintf(_gfp, ...)	kasprintf(KM_GFP(_gfp), __VA_ARGS__)
#endif

#endif
