// SPDX-License-Identifier: MIT
/*
 * operand.c - rules out-of-bounds and use-after-free: other functions of base that checked code
 * calls
 *
 * Owns: km_checked_*, as text.c, of functions that search, cut, convert, fill and combine.
 * O1  What the function is going to read and write is looked at first; if that must not be, it is
 *     left out, or done as far as it may.
 * No lock.  Nothing here sleeps or allocates.
 */
#include <linux/bitmap.h>
#include <linux/crc32.h>
#include <linux/ctype.h>
#include <linux/hex.h>
#include <linux/jhash.h>
#include <linux/kstrtox.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/string_helpers.h>
#include "rules/access.h"
#include "rules/text.h"

#define FRAME()		((uintptr_t)__builtin_frame_address(0))
#define READS(at, bytes)	(access_check((uintptr_t)(at), (bytes), false, FRAME()) == (bytes))
#define WRITES(at, bytes)	(access_check((uintptr_t)(at), (bytes), true, FRAME()) == (bytes))
#define NO_LIMIT	(SIZE_MAX >> 1)

/* @allowed: may what it touches be touched?  @otherwise: its answer if not. */
#define OPERAND(type, name, parameters, allowed, arguments, otherwise)		\
	type km_checked_##name parameters;					\
	type km_checked_##name parameters					\
	{									\
		return (allowed) ? name arguments : (otherwise);		\
	}
#define OPERAND_VOID(name, parameters, allowed, arguments)			\
	void km_checked_##name parameters;					\
	void km_checked_##name parameters					\
	{									\
		if (allowed)							\
			name arguments;						\
	}

/* -- text that ends with 0 -- */
#define WHOLE(s)	text_is_whole((s), FRAME())
OPERAND(char *, strpbrk, (const char *s, const char *accept), WHOLE(s) && WHOLE(accept),
	(s, accept), NULL)
OPERAND(size_t, strspn, (const char *s, const char *accept), WHOLE(s) && WHOLE(accept),
	(s, accept), 0)
OPERAND(size_t, strcspn, (const char *s, const char *reject), WHOLE(s) && WHOLE(reject),
	(s, reject), 0)
OPERAND(char *, strsep, (char **s, const char *marks),
	WRITES(s, sizeof(*s)) && (!*s || (WHOLE(*s) && WHOLE(marks))), (s, marks), NULL)
OPERAND(char *, strim, (char *s), WHOLE(s), (s), s)
OPERAND(char *, strreplace, (char *s, char old, char new), WHOLE(s), (s, old, new), s)
char *km_checked_strchrnul(const char *s, int c);
char *km_checked_strchrnul(const char *s, int c)
{
	return strnchrnul(s, text_read(s, NO_LIMIT, (u8)c, FRAME()), c);
}

OPERAND(char *, strnstr, (const char *s, const char *wanted, size_t limit), WHOLE(wanted),
	(s, wanted, text_read(s, limit, TEXT_NO_STOP, FRAME())), NULL)
OPERAND(bool, sysfs_streq, (const char *a, const char *b),
	text_compared(a, b, NO_LIMIT, false, FRAME()), (a, b), false)

/* Blanks, and the character behind them. */
char *km_checked_skip_spaces(const char *s);
char *km_checked_skip_spaces(const char *s)
{
	while (access_check((uintptr_t)s, 1, false, FRAME()) && isspace(*s))
		s++;
	return (char *)s;
}

/* Each text of the array up to the one that it is, or to the NULL at its end. */
static bool list_may_be_read(const char *const *array, size_t n, const char *s, bool is_sysfs,
			     uintptr_t frame)
{
	for (size_t i = 0; i < n; i++) {
		if (access_check((uintptr_t)&array[i], sizeof(*array), false, frame) <
		    sizeof(*array))
			return false;
		if (!array[i])
			return true;
		if (!text_is_whole(array[i], frame) || !text_is_whole(s, frame))
			return false;
		if (is_sysfs ? sysfs_streq(array[i], s) : !strcmp(array[i], s))
			return true;
	}
	return true;
}

OPERAND(int, match_string, (const char *const *array, size_t n, const char *s),
	list_may_be_read(array, n, s, false, FRAME()), (array, n, s), -EINVAL)
OPERAND(int, __sysfs_match_string, (const char *const *array, size_t n, const char *s),
	list_may_be_read(array, n, s, true, FRAME()), (array, n, s), -EINVAL)

int km_checked_string_get_size(u64 size, u64 block, const enum string_size_units units, char *buf,
			       int len);
int km_checked_string_get_size(u64 size, u64 block, const enum string_size_units units, char *buf,
			       int len)
{
	int needed = string_get_size(size, block, units, NULL, 0);

	return WRITES(buf, min(needed + 1, len)) ? string_get_size(size, block, units, buf, len)
						 : needed;
}

/* -- memory -- */
OPERAND(int, bcmp, (const void *a, const void *b, size_t n), READS(a, n) && READS(b, n), (a, b, n),
	1)
#define FILL(name, type)							\
	void *km_checked_##name(type *s, type value, size_t count);		\
	void *km_checked_##name(type *s, type value, size_t count)		\
	{									\
		size_t allowed = access_check((uintptr_t)s, count * sizeof(type), true,	\
					      FRAME());				\
										\
		return name(s, value, allowed / sizeof(type));			\
	}
FILL(memset16, u16)
FILL(memset32, u32)
FILL(memset64, u64)
OPERAND(void *, memscan, (void *s, int c, size_t n), READS(s, n), (s, c, n), (char *)s + n)
OPERAND_VOID(memcpy_and_pad,
	     (void *dest, size_t dest_bytes, const void *src, size_t bytes, int pad),
	     READS(src, min(bytes, dest_bytes)) && WRITES(dest, dest_bytes),
	     (dest, dest_bytes, src, bytes, pad))
OPERAND(u32, jhash, (const void *key, u32 length, u32 first), READS(key, length),
	(key, length, first), 0)
#define CHECKSUM(name)								\
	OPERAND(u32, name, (u32 crc, const void *p, size_t len), READS(p, len), (crc, p, len), crc)
CHECKSUM(crc32_le)
CHECKSUM(crc32_be)
CHECKSUM(__crc32c_le)
OPERAND(u32, jhash2, (const u32 *key, u32 length, u32 first), READS(key, length * 4ul),
	(key, length, first), 0)

/* -- numbers: their characters, and the one behind them -- */
static bool number_may_be_read(const char *s, uintptr_t frame)
{
	size_t bytes = 0;
	char last;

	do {
		if (!access_check((uintptr_t)s + bytes, 1, false, frame))
			return false;
		last = s[bytes++];
	} while (isalnum(last) || (bytes == 1 && (last == '-' || last == '+')));
	/* One newline may stand before the end. */
	return last != '\n' || access_check((uintptr_t)s + bytes, 1, false, frame);
}

#define NUMBER(name, type)							\
	OPERAND(int, name, (const char *s, unsigned int base, type *ret),	\
		number_may_be_read(s, FRAME()) && WRITES(ret, sizeof(type)), (s, base, ret), \
		-EINVAL)
NUMBER(kstrtoull, unsigned long long)
NUMBER(kstrtoll, long long)
NUMBER(kstrtouint, unsigned int)
NUMBER(kstrtoint, int)
NUMBER(kstrtou16, u16)
NUMBER(kstrtos16, s16)
NUMBER(kstrtou8, u8)
NUMBER(kstrtos8, s8)
#define SIMPLE_NUMBER(name, type)						\
	OPERAND(type, name, (const char *s, char **end, unsigned int base),	\
		number_may_be_read(s, FRAME()), (s, end, base), 0)
SIMPLE_NUMBER(simple_strtoul, unsigned long)
SIMPLE_NUMBER(simple_strtol, long)
SIMPLE_NUMBER(simple_strtoull, unsigned long long)
SIMPLE_NUMBER(simple_strtoll, long long)
OPERAND(unsigned long long, memparse, (const char *s, char **end), number_may_be_read(s, FRAME()),
	(s, end), 0)

OPERAND(int, kstrtobool, (const char *s, bool *ret),
	!s || (access_check((uintptr_t)s, 1, false, FRAME()) &&
	       ((*s | 0x20) != 'o' || access_check((uintptr_t)s + 1, 1, false, FRAME())) &&
	       WRITES(ret, sizeof(*ret))), (s, ret), -EINVAL)
OPERAND(int, get_option, (char **s, int *ret),
	WRITES(s, sizeof(*s)) && (!*s || number_may_be_read(*s, FRAME())) &&
	(!ret || WRITES(ret, sizeof(*ret))), (s, ret), 0)
OPERAND(char *, get_options, (const char *s, int n, int *ret),
	WHOLE(s) && WRITES(ret, (n ? n : 1) * sizeof(int)), (s, n, ret), (char *)s)

/* -- hexadecimal -- */
static size_t hex_digits(const char *s, size_t limit, uintptr_t frame)
{
	size_t digits = 0;

	while (digits < limit && access_check((uintptr_t)s + digits, 1, false, frame) &&
	       isxdigit(s[digits]))
		digits++;
	return digits;
}

int km_checked_hex2bin(u8 *dest, const char *src, size_t count);
int km_checked_hex2bin(u8 *dest, const char *src, size_t count)
{
	size_t bytes = hex_digits(src, 2 * count, FRAME()) / 2;

	return WRITES(dest, bytes) ? hex2bin(dest, src, count) : -EINVAL;
}

OPERAND(char *, bin2hex, (char *dest, const void *src, size_t count),
	READS(src, count) && WRITES(dest, 2 * count), (dest, src, count), dest + 2 * count)

int km_checked_hex_dump_to_buffer(const void *buf, size_t bytes, int row, int group, char *line,
				  size_t room, bool ascii);
int km_checked_hex_dump_to_buffer(const void *buf, size_t bytes, int row, int group, char *line,
				  size_t room, bool ascii)
{
	int length;

	if (!READS(buf, min(bytes, (size_t)(row == 32 ? 32 : 16))))
		return 0;
	length = hex_dump_to_buffer(buf, bytes, row, group, NULL, 0, ascii);
	if (!WRITES(line, min((size_t)length + 1, room)))
		return 0;
	return hex_dump_to_buffer(buf, bytes, row, group, line, room, ascii);
}

OPERAND_VOID(print_hex_dump,
	     (const char *level, const char *prefix, int kind, int row, int group, const void *buf,
	      size_t bytes, bool ascii),
	     READS(buf, bytes), (level, prefix, kind, row, group, buf, bytes, ascii))

/* -- bitmaps: whole words -- */
#define WORDS(bits)	(BITS_TO_LONGS((unsigned long)(bits)) * sizeof(long))
#define MAP		const unsigned long *
#define BITMAP_TEST(type, name)							\
	OPERAND(type, name, (MAP a, MAP b, unsigned int bits),			\
		READS(a, WORDS(bits)) && READS(b, WORDS(bits)), (a, b, bits), 0)
BITMAP_TEST(bool, bitmap_equal)
BITMAP_TEST(bool, bitmap_intersects)
BITMAP_TEST(bool, bitmap_subset)
BITMAP_TEST(unsigned int, bitmap_weight_and)
OPERAND(unsigned int, bitmap_weight, (MAP a, unsigned int bits), READS(a, WORDS(bits)), (a, bits),
	0)
#define MAPS_ALLOWED()	\
	(READS(a, WORDS(bits)) && READS(b, WORDS(bits)) && WRITES(dest, WORDS(bits)))
#define BITMAP_INTO(name)							\
	OPERAND_VOID(name, (unsigned long *dest, MAP a, MAP b, unsigned int bits),	\
		     MAPS_ALLOWED(), (dest, a, b, bits))
#define BITMAP_INTO_BOOL(name)							\
	OPERAND(bool, name, (unsigned long *dest, MAP a, MAP b, unsigned int bits),	\
		MAPS_ALLOWED(), (dest, a, b, bits), false)
BITMAP_INTO_BOOL(bitmap_and)
BITMAP_INTO_BOOL(bitmap_andnot)
BITMAP_INTO(bitmap_or)
BITMAP_INTO(bitmap_xor)
OPERAND_VOID(bitmap_complement, (unsigned long *dest, MAP a, unsigned int bits),
	     READS(a, WORDS(bits)) && WRITES(dest, WORDS(bits)), (dest, a, bits))
#define BITMAP_SHIFT(name)							\
	OPERAND_VOID(name, (unsigned long *dest, MAP a, unsigned int shift, unsigned int bits),	\
		     READS(a, WORDS(bits)) && WRITES(dest, WORDS(bits)), (dest, a, shift, bits))
BITMAP_SHIFT(bitmap_shift_right)
BITMAP_SHIFT(bitmap_shift_left)
#define BITMAP_RANGE(name)							\
	OPERAND_VOID(name, (unsigned long *map, unsigned int start, unsigned int bits),	\
		     WRITES(map + start / BITS_PER_LONG,			\
			    bits ? WORDS(start % BITS_PER_LONG + bits) : 0), (map, start, bits))
BITMAP_RANGE(bitmap_set)
BITMAP_RANGE(bitmap_clear)
OPERAND(unsigned long, bitmap_find_next_zero_area_off,
	(unsigned long *map, unsigned long bits, unsigned long start, unsigned int count,
	 unsigned long mask, unsigned long offset),
	READS(map, WORDS(bits)), (map, bits, start, count, mask, offset), bits + 1)
OPERAND(int, bitmap_find_free_region, (unsigned long *map, unsigned int bits, int order),
	WRITES(map, WORDS(bits)), (map, bits, order), -ENOMEM)
