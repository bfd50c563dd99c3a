// SPDX-License-Identifier: MIT
/*
 * fmt.c - vsnprintf() and its kin, as the kernel's format them
 *
 * Owns: decoding of the format, integers, characters, text.  Not: what follows %p (fmt_pointer.c).
 * F1  Never more than @size bytes are written, and the last one written is 0 if @size is not 0.
 * F2  The result is the length the whole text has, also where it did not fit.
 * F3  A conversion that the kernel does not know ends the text: its arguments cannot be told.
 * No lock, no state.  Nothing here sleeps or allocates; arguments are only read.
 */
#include "base/fmt.h"
#include <linux/ctype.h>
#include <linux/err.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/sprintf.h>
#include <linux/string.h>

#define LOWEST_ADDRESS	4096	/* a pointer below is an offset from NULL, not text */

void fmt_number(struct fmt_out *out, u64 value, struct fmt_spec spec)
{
	const char *digits = spec.upper ? "0123456789ABCDEF" : "0123456789abcdef";
	const bool is_zero = value == 0;
	const bool has_prefix = spec.special && spec.base != 10;
	char text[24];
	int count = 0, zeros, width = spec.width;
	char sign = 0;

	if (spec.is_signed && (s64)value < 0) {
		sign = '-';
		value = -value;
	} else if (spec.is_signed && (spec.plus || spec.space)) {
		sign = spec.plus ? '+' : ' ';
	}
	do {
		text[count++] = digits[value % (unsigned int)spec.base];
		value /= (unsigned int)spec.base;
	} while (value);

	zeros = spec.precision > count ? spec.precision - count : 0;
	width -= count + zeros + (sign != 0);
	if (has_prefix)
		width -= spec.base == 16 ? 2 : !is_zero;
	if (!spec.zero && !spec.left)
		for (; width > 0; width--)
			fmt_put(out, ' ');
	if (sign)
		fmt_put(out, sign);
	if (has_prefix && (spec.base == 16 || !is_zero))
		fmt_put(out, '0');
	if (has_prefix && spec.base == 16)
		fmt_put(out, spec.upper ? 'X' : 'x');
	if (!spec.left)
		for (; width > 0; width--)
			fmt_put(out, '0');
	while (zeros--)
		fmt_put(out, '0');
	while (count)
		fmt_put(out, text[--count]);
	for (; width > 0; width--)
		fmt_put(out, ' ');
}

void fmt_plain(struct fmt_out *out, const char *text)
{
	while (*text)
		fmt_put(out, *text++);
}

void fmt_text(struct fmt_out *out, const char *text, struct fmt_spec spec)
{
	size_t limit = spec.precision < 0 ? SIZE_MAX : (size_t)spec.precision;
	size_t len;
	int pad;

	if (!text)
		text = "(null)";
	else if ((unsigned long)text < LOWEST_ADDRESS || IS_ERR_VALUE(text))
		text = "(efault)";
	else if (out->reader)
		limit = out->reader->text(out->reader, text, limit);
	len = strnlen(text, limit);
	pad = (size_t)(spec.width > 0 ? spec.width : 0) > len ? spec.width - (int)len : 0;
	if (!spec.left)
		for (; pad > 0; pad--)
			fmt_put(out, ' ');
	for (size_t i = 0; i < len; i++)
		fmt_put(out, text[i]);
	for (; pad > 0; pad--)
		fmt_put(out, ' ');
}

static void put_char(struct fmt_out *out, char c, struct fmt_spec spec)
{
	int pad = spec.width - 1;

	if (!spec.left)
		for (; pad > 0; pad--)
			fmt_put(out, ' ');
	fmt_put(out, c);
	for (; pad > 0; pad--)
		fmt_put(out, ' ');
}

#define WIDTH_MAX	((1 << 23) - 1)
#define PRECISION_MAX	((1 << 15) - 1)

static int read_digits(const char **fmt)
{
	int number = 0;

	for (; isdigit(**fmt); (*fmt)++)
		if (number <= WIDTH_MAX)
			number = number * 10 + (**fmt - '0');
	return number;
}

/* Flags, width and precision after '%'; where the conversion goes on. */
static const char *read_spec(const char *fmt, struct fmt_spec *spec, va_list *args)
{
	*spec = (struct fmt_spec){ .base = 10, .width = -1, .precision = -1 };
	for (;; fmt++) {
		if (*fmt == '-')
			spec->left = true;
		else if (*fmt == '+')
			spec->plus = true;
		else if (*fmt == ' ')
			spec->space = true;
		else if (*fmt == '#')
			spec->special = true;
		else if (*fmt == '0')
			spec->zero = true;
		else
			break;
	}
	if (isdigit(*fmt)) {
		spec->width = min(read_digits(&fmt), WIDTH_MAX);
	} else if (*fmt == '*') {
		spec->width = clamp(va_arg(*args, int), -WIDTH_MAX, WIDTH_MAX);
		if (spec->width < 0) {
			spec->width = -spec->width;
			spec->left = true;
		}
		fmt++;
	}
	if (*fmt == '.') {
		fmt++;
		spec->precision = min(read_digits(&fmt), PRECISION_MAX);
		if (*fmt == '*') {
			spec->precision = clamp(va_arg(*args, int), 0, PRECISION_MAX);
			fmt++;
		}
	}
	if (spec->left)
		spec->zero = false;
	return fmt;
}

/* h hh l ll L z t: one letter, doubled ones in upper case; 0 for none. */
static const char *read_length(const char *fmt, char *ret_length)
{
	*ret_length = 0;
	if (*fmt == 'h' || *fmt == 'l') {
		*ret_length = *fmt++;
		if (*fmt == *ret_length) {
			*ret_length = (char)toupper(*ret_length);
			fmt++;
		}
	} else if (*fmt == 'L' || *fmt == 'z' || *fmt == 't') {
		*ret_length = *fmt++;
	}
	return fmt;
}

static u64 take_integer(va_list *args, char length, bool is_signed)
{
	switch (length) {
	case 'L':
		return va_arg(*args, u64);
	case 'l':
	case 'z':
	case 't':
		return va_arg(*args, unsigned long);
	case 'H':
		return is_signed ? (u64)(signed char)va_arg(*args, int) : (u8)va_arg(*args, int);
	case 'h':
		return is_signed ? (u64)(short)va_arg(*args, int) : (u16)va_arg(*args, int);
	default:
		return is_signed ? (u64)(s64)va_arg(*args, int) : va_arg(*args, unsigned int);
	}
}

/* One conversion; @fmt stands on its letter.  Where the format goes on, NULL for F3. */
static const char *convert(struct fmt_out *out, const char *fmt, char length, struct fmt_spec spec,
			   va_list *args)
{
	switch (*fmt) {
	case '%':
		fmt_put(out, '%');
		return fmt + 1;
	case 'c':
		put_char(out, (char)va_arg(*args, int), spec);
		return fmt + 1;
	case 's':
		fmt_text(out, va_arg(*args, const char *), spec);
		return fmt + 1;
	case 'p':
		fmt_pointer(out, fmt + 1, va_arg(*args, const void *), spec);
		/* What belongs to %p is letters and digits: "%pI4", "%*pbl". */
		for (fmt++; isalnum(*fmt);)
			fmt++;
		return fmt;
	case 'd':
	case 'i':
		spec.is_signed = true;
		break;
	case 'u':
		break;
	case 'X':
		spec.upper = true;
		fallthrough;
	case 'x':
		spec.base = 16;
		break;
	case 'o':
		spec.base = 8;
		break;
	default:
		return NULL;
	}
	fmt_number(out, take_integer(args, length, spec.is_signed), spec);
	return fmt + 1;
}

static void format(struct fmt_out *out, const char *fmt, va_list args)
{
	va_list left;

	va_copy(left, args);
	while (fmt && *fmt) {
		struct fmt_spec spec;
		char length;

		if (*fmt != '%') {
			fmt_put(out, *fmt++);
			continue;
		}
		fmt = read_spec(fmt + 1, &spec, &left);
		fmt = read_length(fmt, &length);
		fmt = convert(out, fmt, length, spec, &left);
	}
	va_end(left);
}

int fmt_measure(struct fmt_reader *reader, const char *fmt, va_list args)
{
	struct fmt_out out = { .reader = reader };

	format(&out, fmt, args);
	return (int)(uintptr_t)out.at;
}

/**
 * vsnprintf() - format text
 * @buf:  may be NULL if @size is 0
 * @size: of @buf; at most INT_MAX
 *
 * Context: any.   Return: F2; 0 for a @size above INT_MAX.
 * Source:  kernel 6.12 docs, core-api/printk-formats.   Differs: forms of %p for structures that
 * are not ours print as %p.
 */
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	struct fmt_out out = { .at = buf, .end = buf + size };

	if (size > INT_MAX)
		return 0;
	format(&out, fmt, args);
	if (size)
		*(out.at < out.end ? out.at : out.end - 1) = '\0';
	return (int)(out.at - buf);
}

int vscnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	int len;

	if (!size)
		return 0;
	len = vsnprintf(buf, size, fmt, args);
	return (size_t)len < size ? len : (int)size - 1;
}

int vsprintf(char *buf, const char *fmt, va_list args)
{
	return vsnprintf(buf, INT_MAX, fmt, args);
}

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(buf, size, fmt, args);
	va_end(args);
	return len;
}

int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vscnprintf(buf, size, fmt, args);
	va_end(args);
	return len;
}

int sprintf(char *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(buf, INT_MAX, fmt, args);
	va_end(args);
	return len;
}

/* Decimal digits, space padded to @width, without a closing 0; 0 if they do not fit @size. */
int num_to_str(char *buf, int size, unsigned long long num, unsigned int width)
{
	struct fmt_spec spec = { .base = 10, .width = (int)width, .precision = -1 };
	struct fmt_out out = { .at = buf, .end = buf + size };

	fmt_number(&out, num, spec);
	return out.at > out.end ? 0 : (int)(out.at - buf);
}
