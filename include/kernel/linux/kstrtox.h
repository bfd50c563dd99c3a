/* SPDX-License-Identifier: MIT */
/*
 * kstrtox.h - text to numbers
 *
 * kstrto*(): the whole text must be the number (one newline may follow): 0, -EINVAL or -ERANGE.
 * Base 0: 0x, 0, decimal.
 */
#ifndef _LINUX_KSTRTOX_H
#define _LINUX_KSTRTOX_H

#include <linux/compiler.h>
#include <linux/types.h>

int __must_check kstrtoull(const char *s, unsigned int base, unsigned long long *res)
	KM_SYM_OF_TEXT(kstrtoull);
int __must_check kstrtoll(const char *s, unsigned int base, long long *res)
	KM_SYM_OF_TEXT(kstrtoll);
int __must_check kstrtouint(const char *s, unsigned int base, unsigned int *res)
	KM_SYM_OF_TEXT(kstrtouint);
int __must_check kstrtoint(const char *s, unsigned int base, int *res) KM_SYM_OF_TEXT(kstrtoint);
int __must_check kstrtou16(const char *s, unsigned int base, u16 *res) KM_SYM_OF_TEXT(kstrtou16);
int __must_check kstrtos16(const char *s, unsigned int base, s16 *res) KM_SYM_OF_TEXT(kstrtos16);
int __must_check kstrtou8(const char *s, unsigned int base, u8 *res) KM_SYM_OF_TEXT(kstrtou8);
int __must_check kstrtos8(const char *s, unsigned int base, s8 *res) KM_SYM_OF_TEXT(kstrtos8);
int __must_check kstrtobool(const char *s, bool *res) KM_SYM_OF_TEXT(kstrtobool);

static inline int __must_check kstrtoul(const char *s, unsigned int base, unsigned long *res)
{
	return kstrtoull(s, base, (unsigned long long *)res);
}

static inline int __must_check kstrtol(const char *s, unsigned int base, long *res)
{
	return kstrtoll(s, base, (long long *)res);
}

static inline int __must_check kstrtou64(const char *s, unsigned int base, u64 *res)
{
	return kstrtoull(s, base, res);
}

static inline int __must_check kstrtos64(const char *s, unsigned int base, s64 *res)
{
	return kstrtoll(s, base, res);
}

static inline int __must_check kstrtou32(const char *s, unsigned int base, u32 *res)
{
	return kstrtouint(s, base, res);
}

static inline int __must_check kstrtos32(const char *s, unsigned int base, s32 *res)
{
	return kstrtoint(s, base, res);
}

unsigned long simple_strtoul(const char *cp, char **endp, unsigned int base)
	KM_SYM_OF_TEXT(simple_strtoul);
long simple_strtol(const char *cp, char **endp, unsigned int base) KM_SYM_OF_TEXT(simple_strtol);
unsigned long long simple_strtoull(const char *cp, char **endp, unsigned int base)
	KM_SYM_OF_TEXT(simple_strtoull);
long long simple_strtoll(const char *cp, char **endp, unsigned int base)
	KM_SYM_OF_TEXT(simple_strtoll);

/* A number with K, M, G, T, P or E behind it. */
unsigned long long memparse(const char *ptr, char **retptr) KM_SYM_OF_TEXT(memparse);
int get_option(char **str, int *pint) KM_SYM_OF_TEXT(get_option);
char *get_options(const char *str, int nints, int *ints) KM_SYM_OF_TEXT(get_options);

#endif
