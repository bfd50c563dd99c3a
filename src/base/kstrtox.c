// SPDX-License-Identifier: MIT
/*
 * kstrtox.c - text to numbers, strict (kstrto*) and lenient (simple_strto*), sizes and option lists
 *
 * K1  kstrto*() take the whole text or nothing; *res is written only on success.
 * K2  simple_strto*() stop at the first character that is no digit and do not look at overflow.
 * No lock, no state.  Nothing here sleeps or allocates.
 */
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/hex.h>
#include <linux/kstrtox.h>
#include <linux/limits.h>
#include <linux/overflow.h>

/* Settles base 0 and steps over 0x where it fits the base. */
static const char *read_prefix(const char *s, unsigned int *base)
{
	const bool is_hex = s[0] == '0' && (s[1] | 0x20) == 'x' && isxdigit(s[2]);

	if (*base == 0)
		*base = is_hex ? 16 : s[0] == '0' ? 8 : 10;
	return *base == 16 && s[0] == '0' && (s[1] | 0x20) == 'x' ? s + 2 : s;
}

static bool is_digit_of(char c, unsigned int base, unsigned int *ret_digit)
{
	unsigned int digit = isdigit(c) ? (unsigned int)(c - '0') :
			     isalpha(c) && isascii(c) ? (unsigned int)(_tolower(c) - 'a' + 10) : 36;

	*ret_digit = digit;
	return digit < base;
}

/* Digits from @s on; where they end.  *ret_wrapped tells of overflow. */
static const char *read_digits(const char *s, unsigned int base, u64 *ret_value, bool *ret_wrapped)
{
	bool wrapped = false;
	u64 value = 0;

	for (unsigned int digit; is_digit_of(*s, base, &digit); s++) {
		wrapped |= check_mul_overflow(value, (u64)base, &value);
		wrapped |= check_add_overflow(value, (u64)digit, &value);
	}
	*ret_value = value;
	*ret_wrapped = wrapped;
	return s;
}

static int read_whole(const char *s, unsigned int base, u64 *ret_value)
{
	const char *first = read_prefix(s, &base), *end;
	bool wrapped;
	u64 value;

	end = read_digits(first, base, &value, &wrapped);
	if (end == first)
		return -EINVAL;
	if (wrapped)
		return -ERANGE;
	if (*end == '\n')
		end++;
	if (*end)
		return -EINVAL;
	*ret_value = value;
	return 0;
}

int kstrtoull(const char *s, unsigned int base, unsigned long long *res)
{
	u64 value;
	int error = read_whole(s + (*s == '+'), base, &value);

	if (error)
		return error;
	*res = value;
	return 0;
}

int kstrtoll(const char *s, unsigned int base, long long *res)
{
	const bool is_negative = *s == '-';
	u64 value;
	int error = read_whole(s + (*s == '-' || *s == '+'), base, &value);

	if (error)
		return error;
	if (value > (u64)LLONG_MAX + is_negative)
		return -ERANGE;
	*res = (long long)(is_negative ? -value : value);
	return 0;
}

/* The narrower ones: the wide one, then the range. */
#define KSTRTO(name, type, wide, wide_type)					\
int name(const char *s, unsigned int base, type *res)				\
{										\
	wide_type value;							\
	int error = wide(s, base, &value);					\
										\
	if (error)								\
		return error;							\
	if (value != (wide_type)(type)value)					\
		return -ERANGE;							\
	*res = (type)value;							\
	return 0;								\
}

KSTRTO(kstrtouint, unsigned int, kstrtoull, unsigned long long)
KSTRTO(kstrtoint, int, kstrtoll, long long)
KSTRTO(kstrtou16, u16, kstrtoull, unsigned long long)
KSTRTO(kstrtos16, s16, kstrtoll, long long)
KSTRTO(kstrtou8, u8, kstrtoull, unsigned long long)
KSTRTO(kstrtos8, s8, kstrtoll, long long)

/* y t 1 on, n f 0 off; only the beginning counts. */
int kstrtobool(const char *s, bool *res)
{
	char c = s ? (char)tolower(s[0]) : 0;

	if (c == 'o')
		c = tolower(s[1]) == 'n' ? 'y' : tolower(s[1]) == 'f' ? 'n' : 0;
	if (c == 'y' || c == 't' || c == '1')
		*res = true;
	else if (c == 'n' || c == 'f' || c == '0')
		*res = false;
	else
		return -EINVAL;
	return 0;
}

unsigned long long simple_strtoull(const char *cp, char **endp, unsigned int base)
{
	const char *first = read_prefix(cp, &base);
	bool wrapped;
	u64 value;

	first = read_digits(first, base, &value, &wrapped);
	if (endp)
		*endp = (char *)first;
	return value;
}

unsigned long simple_strtoul(const char *cp, char **endp, unsigned int base)
{
	return simple_strtoull(cp, endp, base);
}

long long simple_strtoll(const char *cp, char **endp, unsigned int base)
{
	if (*cp == '-')
		return -(long long)simple_strtoull(cp + 1, endp, base);
	return (long long)simple_strtoull(cp, endp, base);
}

long simple_strtol(const char *cp, char **endp, unsigned int base)
{
	return simple_strtoll(cp, endp, base);
}

unsigned long long memparse(const char *ptr, char **retptr)
{
	static const char units[] = "kmgtpe";
	char *end;
	unsigned long long value = simple_strtoull(ptr, &end, 0);

	for (int i = 0; units[i]; i++) {
		if (tolower(*end) != units[i])
			continue;
		value <<= 10 * (i + 1);
		end++;
		break;
	}
	if (retptr)
		*retptr = end;
	return value;
}

/* Reads one number off *str: 0 none, 1 the last, 2 a comma followed, 3 a '-' followed (a range). */
int get_option(char **str, int *pint)
{
	char *text = *str, *end;
	int value;

	if (!text || !*text)
		return 0;
	value = (int)simple_strtoull(text + (*text == '-'), &end, 0);
	if (*text == '-')
		value = -value;
	if (pint)
		*pint = value;
	*str = end;
	if (end == text)
		return 0;
	if (*end == ',') {
		*str = end + 1;
		return 2;
	}
	return *end == '-' ? 3 : 1;
}

/*
 * Numbers and ranges into ints[1..]; ints[0] is how many.  With nints 0 they are only counted.
 * Where the text goes on.
 */
char *get_options(const char *str, int nints, int *ints)
{
	const bool only_counts = nints == 0;
	char *text = (char *)str;
	int count = 0, kind = 2;

	while (kind > 1 && (only_counts || count + 1 < nints)) {
		int value, last;

		kind = get_option(&text, &value);
		if (kind == 0)
			break;
		if (!only_counts)
			ints[count + 1] = value;
		count++;
		if (kind != 3)
			continue;
		text++;
		kind = get_option(&text, &last);
		if (kind == 0)
			break;
		for (; value < last && (only_counts || count + 1 < nints); count++)
			if (++value, !only_counts)
				ints[count + 1] = value;
	}
	ints[0] = count;
	return text;
}
