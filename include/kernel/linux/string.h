/* SPDX-License-Identifier: MIT */
/*
 * string.h - bytes and text
 *
 * memcpy, memmove, memset and memcmp are the compiler's own in ordinary code.  In code instrumented
 * for addresses they are functions of the library, so that what they touch is checked.  All else is
 * the library's always.
 */
#ifndef _LINUX_STRING_H_
#define _LINUX_STRING_H_

#include <linux/args.h>
#include <linux/array_size.h>
#include <linux/compiler.h>
#include <linux/stddef.h>
#include <linux/types.h>
#include <linux/errno.h>
#include <linux/err.h>
#include <linux/overflow.h>
#include <linux/stdarg.h>

void *memcpy(void *dest, const void *src, size_t count) KM_SYM_IF_CHECKED(memcpy);
void *memmove(void *dest, const void *src, size_t count) KM_SYM_IF_CHECKED(memmove);
void *memset(void *dest, int value, size_t count) KM_SYM_IF_CHECKED(memset);
int memcmp(const void *a, const void *b, size_t count) KM_SYM_IF_CHECKED(memcmp);
#ifndef KM_MEM_IS_CHECKED
#define memcpy(dest, src, count)	__builtin_memcpy(dest, src, count)
#define memmove(dest, src, count)	__builtin_memmove(dest, src, count)
#define memset(dest, value, count)	__builtin_memset(dest, value, count)
#define memcmp(a, b, count)		__builtin_memcmp(a, b, count)
#endif
#define unsafe_memcpy(dst, src, bytes, justification)	memcpy(dst, src, bytes)

/* -- memory -- */
void *memchr(const void *s, int c, size_t n) KM_SYM_OF_TEXT(memchr);
void *memchr_inv(const void *s, int c, size_t n) KM_SYM_OF_TEXT(memchr_inv);
void *memscan(void *addr, int c, size_t size) KM_SYM_OF_TEXT(memscan);
int bcmp(const void *a, const void *b, size_t n) KM_SYM_OF_TEXT(bcmp);
void *memset16(u16 *s, u16 v, size_t count) KM_SYM_OF_TEXT(memset16);
void *memset32(u32 *s, u32 v, size_t count) KM_SYM_OF_TEXT(memset32);
void *memset64(u64 *s, u64 v, size_t count) KM_SYM_OF_TEXT(memset64);
ssize_t memory_read_from_buffer(void *to, size_t count, loff_t *ppos, const void *from,
				size_t available)
	KM_SYM(memory_read_from_buffer);
void memcpy_and_pad(void *dest, size_t dest_len, const void *src, size_t count, int pad)
	KM_SYM_OF_TEXT(memcpy_and_pad);

static inline void *memset_l(unsigned long *p, unsigned long v, size_t n)
{
	return memset64((u64 *)p, v, n);
}

static inline void *memset_p(void **p, void *v, size_t n)
{
	return memset64((u64 *)p, (uintptr_t)v, n);
}

static inline bool mem_is_zero(const void *s, size_t n)
{
	return !memchr_inv(s, 0, n);
}

/* Wipes memory also when nothing reads it after. */
static inline void memzero_explicit(void *s, size_t count)
{
	memset(s, 0, count);
	barrier_data(s);
}

#define memset_after(obj, v, member) ({						\
	u8 *__ptr = (u8 *)(obj);						\
	typeof(v) __val = (v);							\
	memset(__ptr + offsetofend(typeof(*(obj)), member), __val,		\
	       sizeof(*(obj)) - offsetofend(typeof(*(obj)), member)); })
#define memset_startat(obj, v, member) ({					\
	u8 *__ptr = (u8 *)(obj);						\
	typeof(v) __val = (v);							\
	memset(__ptr + offsetof(typeof(*(obj)), member), __val,			\
	       sizeof(*(obj)) - offsetof(typeof(*(obj)), member)); })

/* -- copies -- */
char *strcpy(char *dest, const char *src) KM_SYM_OF_TEXT(strcpy);
char *strncpy(char *dest, const char *src, size_t count) KM_SYM_OF_TEXT(strncpy);
char *strcat(char *dest, const char *src) KM_SYM_OF_TEXT(strcat);
char *strncat(char *dest, const char *src, size_t count) KM_SYM_OF_TEXT(strncat);
size_t strlcat(char *dest, const char *src, size_t count) KM_SYM_OF_TEXT(strlcat);
char *stpcpy(char *dest, const char *src) KM_SYM(stpcpy);
/* Always closed with 0 (unless count is 0); the length copied, -E2BIG if it did not fit. */
ssize_t sized_strscpy(char *dest, const char *src, size_t count) KM_SYM_OF_TEXT(sized_strscpy);
ssize_t sized_strscpy_pad(char *dest, const char *src,
			  size_t count) KM_SYM_OF_TEXT(sized_strscpy_pad);

#define __strscpy0(dst, src, ...)	\
	sized_strscpy(dst, src, sizeof(dst) + (size_t)__must_be_array(dst))
#define __strscpy1(dst, src, size)	sized_strscpy(dst, src, size)
#define __strscpy_pad0(dst, src, ...)	\
	sized_strscpy_pad(dst, src, sizeof(dst) + (size_t)__must_be_array(dst))
#define __strscpy_pad1(dst, src, size)	sized_strscpy_pad(dst, src, size)
/* The third argument, the room in dst, may be left out where dst is an array. */
#define strscpy(dst, src, ...)	\
	CONCATENATE(__strscpy, COUNT_ARGS(__VA_ARGS__))(dst, src, __VA_ARGS__)
#define strscpy_pad(dst, src, ...)	\
	CONCATENATE(__strscpy_pad, COUNT_ARGS(__VA_ARGS__))(dst, src, __VA_ARGS__)

/* Between closed text and fields that need no closing 0. */
#define strtomem_pad(dest, src, pad)	do {					\
	const size_t __room = sizeof(dest) + (size_t)__must_be_array(dest);	\
	const char *__text = (src);						\
	memcpy_and_pad(dest, __room, __text, strnlen(__text, __room), pad);	\
} while (0)
#define strtomem(dest, src)	do {						\
	const size_t __room = sizeof(dest) + (size_t)__must_be_array(dest);	\
	const char *__text = (src);						\
	memcpy(dest, __text, strnlen(__text, __room));				\
} while (0)
#define memtostr(dest, src)	do {						\
	const size_t __room = sizeof(dest) + (size_t)__must_be_array(dest);	\
	const size_t __have = strnlen((const char *)(src), sizeof(src));	\
	const size_t __take = __have < __room - 1 ? __have : __room - 1;	\
	memcpy(dest, src, __take);						\
	(dest)[__take] = 0;							\
} while (0)
#define memtostr_pad(dest, src)	do {						\
	memset(dest, 0, sizeof(dest));						\
	memtostr(dest, src);							\
} while (0)

/* -- questions -- */
size_t strlen(const char *s) KM_SYM_OF_TEXT(strlen);
size_t strnlen(const char *s, size_t count) KM_SYM_OF_TEXT(strnlen);
int strcmp(const char *a, const char *b) KM_SYM_OF_TEXT(strcmp);
int strncmp(const char *a, const char *b, size_t count) KM_SYM_OF_TEXT(strncmp);
int strcasecmp(const char *a, const char *b) KM_SYM_OF_TEXT(strcasecmp);
int strncasecmp(const char *a, const char *b, size_t count) KM_SYM_OF_TEXT(strncasecmp);
char *strchr(const char *s, int c) KM_SYM_OF_TEXT(strchr);
char *strchrnul(const char *s, int c) KM_SYM_OF_TEXT(strchrnul);
char *strnchr(const char *s, size_t count, int c) KM_SYM_OF_TEXT(strnchr);
char *strnchrnul(const char *s, size_t count, int c) KM_SYM(strnchrnul);
char *strrchr(const char *s, int c) KM_SYM_OF_TEXT(strrchr);
char *strstr(const char *s, const char *wanted) KM_SYM_OF_TEXT(strstr);
char *strnstr(const char *s, const char *wanted, size_t len) KM_SYM_OF_TEXT(strnstr);
size_t strspn(const char *s, const char *accept) KM_SYM_OF_TEXT(strspn);
size_t strcspn(const char *s, const char *reject) KM_SYM_OF_TEXT(strcspn);
char *strpbrk(const char *s, const char *accept) KM_SYM_OF_TEXT(strpbrk);

static inline bool strstarts(const char *str, const char *prefix)
{
	return strncmp(str, prefix, strlen(prefix)) == 0;
}

/* Length of the prefix, 0 if @str does not begin with it. */
static __always_inline size_t str_has_prefix(const char *str, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(str, prefix, len) == 0 ? len : 0;
}

static inline const char *kbasename(const char *path)
{
	const char *tail = strrchr(path, '/');

	return tail ? tail + 1 : path;
}

/* -- words in text -- */
char *strsep(char **s, const char *delimiters) KM_SYM_OF_TEXT(strsep);
char * __must_check skip_spaces(const char *str) KM_SYM_OF_TEXT(skip_spaces);
char *strim(char *s) KM_SYM_OF_TEXT(strim);
static inline __must_check char *strstrip(char *str)
{
	return strim(str);
}
char *strreplace(char *str, char old, char new) KM_SYM_OF_TEXT(strreplace);
bool sysfs_streq(const char *s1, const char *s2) KM_SYM_OF_TEXT(sysfs_streq);
int match_string(const char * const *array, size_t n, const char *string)
	KM_SYM_OF_TEXT(match_string);
int __sysfs_match_string(const char * const *array, size_t n, const char *s)
	KM_SYM_OF_TEXT(__sysfs_match_string);
#define sysfs_match_string(array, string)	\
	__sysfs_match_string(array, ARRAY_SIZE(array), string)

/* -- allocated copies -- */
/**
 * memdup_user() - a copy of user space's memory; free with kfree(), vmemdup_user()'s with kvfree()
 * Also: vmemdup_user(), memdup_user_nul(), strndup_user()
 * strndup_user() takes a text of less than @most bytes with its closing 0; memdup_user_nul() adds a
 * 0 of its own.
 *
 * Context: task context, may sleep.
 * Return:  the copy, ZERO_SIZE_PTR for no bytes; ERR_PTR(-EFAULT), ERR_PTR(-ENOMEM), and for a text
 *          that is too long ERR_PTR(-EINVAL).  Never NULL.
 * Differs: what stands for user space says kmalloc/user.h.
 */
void *memdup_user(const void __user *from, size_t bytes) KM_SYM(memdup_user) __km_sleeps;
void *vmemdup_user(const void __user *from, size_t bytes) KM_SYM(vmemdup_user) __km_sleeps;
char *strndup_user(const char __user *from, long most) KM_SYM(strndup_user) __km_sleeps;
void *memdup_user_nul(const void __user *from, size_t bytes) KM_SYM(memdup_user_nul) __km_sleeps;

static inline void *memdup_array_user(const void __user *from, size_t n, size_t size)
{
	size_t bytes;

	return __builtin_mul_overflow(n, size, &bytes) ? ERR_PTR(-EOVERFLOW) :
							  memdup_user(from, bytes);
}

static inline void *vmemdup_array_user(const void __user *from, size_t n, size_t size)
{
	size_t bytes;

	return __builtin_mul_overflow(n, size, &bytes) ? ERR_PTR(-EOVERFLOW) :
							  vmemdup_user(from, bytes);
}

void kfree_const(const void *x) KM_SYM(kfree_const);
/**
 * kmemdup() - a copy of memory; free with kfree()
 * Also: kmemdup_array() (NULL if n * size overflows), kvmemdup() (free with kvfree()),
 * kmemdup_nul() (with a 0 after it)
 * Context: as kmalloc() with the same gfp.
 * Return:  the copy; ZERO_SIZE_PTR for no bytes; NULL.
 */
/**
 * kstrdup() - a copy of a text; NULL gives NULL
 * Also: kstrndup() (of its first @max bytes), kstrdup_const() (free with kfree_const(); a text in
 * the kernel's own constant data is not copied)
 * Context: as kmalloc() with the same gfp.
 */
void kfree(const void *object) KM_SYM(kfree);
void kfree_sensitive(const void *object) KM_SYM(kfree_sensitive);
void kfree_const(const void *object) KM_SYM(kfree_const);
void kvfree(const void *object) KM_SYM(kvfree);
#define KM_COPY_IS_OWNED							\
	KM_FREED_BY(kfree, 1) KM_FREED_BY(kfree_sensitive, 1)		\
	KM_FREED_BY(kfree_const, 1) KM_FREED_BY(kvfree, 1) __km_result
char *kstrdup(const char *s, gfp_t gfp) KM_SYM(kstrdup) KM_COPY_IS_OWNED __malloc;
/* The words of @str, NULL behind the last, and how many; argv_free() gives them back. */
char **argv_split(gfp_t gfp, const char *str, int *argcp) KM_SYM(argv_split);
void argv_free(char **argv) KM_SYM(argv_free);
const char *kstrdup_const(const char *s, gfp_t gfp) KM_SYM(kstrdup_const);
char *kstrndup(const char *s, size_t max, gfp_t gfp) KM_SYM(kstrndup) KM_COPY_IS_OWNED __malloc;
void *kmemdup(const void *src, size_t len, gfp_t gfp) KM_SYM(kmemdup)
	KM_COPY_IS_OWNED __km_access(__read_only__, 1, 2) __alloc_size(2);
void *kvmemdup(const void *src, size_t len, gfp_t gfp) KM_SYM(kvmemdup)
	KM_COPY_IS_OWNED __km_access(__read_only__, 1, 2) __alloc_size(2);
char *kmemdup_nul(const char *s, size_t len, gfp_t gfp) KM_SYM(kmemdup_nul) KM_COPY_IS_OWNED;
void *kmemdup_array(const void *src, size_t count, size_t element_size, gfp_t gfp)
	KM_SYM(kmemdup_array) KM_COPY_IS_OWNED __alloc_size(2, 3);

/* What a gfp says to the compiler: linux/compiler_context.h. */
#ifdef KM_GFP_IS_LOOKED_AT
#define kstrdup(_s, _gfp)	kstrdup(_s, KM_GFP(_gfp))
#define kstrdup_const(_s, _gfp)	kstrdup_const(_s, KM_GFP(_gfp))
#define kstrndup(_s, _max, _gfp)	kstrndup(_s, _max, KM_GFP(_gfp))
#define kmemdup(_src, _len, _gfp)	kmemdup(_src, _len, KM_GFP(_gfp))
#define kvmemdup(_src, _len, _gfp)	kvmemdup(_src, _len, KM_GFP(_gfp))
#define kmemdup_nul(_s, _len, _gfp)	kmemdup_nul(_s, _len, KM_GFP(_gfp))
#define kmemdup_array(_src, _count, _element_size, _gfp)	\
	kmemdup_array(_src, _count, _element_size, KM_GFP(_gfp))
#endif

#endif
