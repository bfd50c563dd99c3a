/* SPDX-License-Identifier: MIT */
/* string_helpers.h - sizes for people, upper and lower case */
#ifndef _LINUX_STRING_HELPERS_H_
#define _LINUX_STRING_HELPERS_H_

#include <linux/bits.h>
#include <linux/ctype.h>
#include <linux/string_choices.h>
#include <linux/string.h>
#include <linux/types.h>

enum string_size_units {
	STRING_UNITS_10,		/* powers of 1000: kB MB GB */
	STRING_UNITS_2,			/* powers of 1024: KiB MiB GiB */
	STRING_UNITS_MASK = BIT(0),
	STRING_UNITS_NO_SPACE = BIT(30),
	STRING_UNITS_NO_BYTES = BIT(31),
};

/* Three significant digits and the unit; the length it would take. */
int string_get_size(u64 size, u64 blk_size, const enum string_size_units units, char *buf, int len)
	KM_SYM_OF_TEXT(string_get_size);

static inline void string_upper(char *dst, const char *src)
{
	do {
		*dst++ = (char)toupper(*src);
	} while (*src++);
}

static inline void string_lower(char *dst, const char *src)
{
	do {
		*dst++ = (char)tolower(*src);
	} while (*src++);
}

static inline bool string_is_terminated(const char *s, int len)
{
	return memchr(s, '\0', (size_t)len) != NULL;
}

#endif
