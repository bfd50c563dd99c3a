// SPDX-License-Identifier: MIT
/*
 * scan.c - sscanf(): values out of text
 *
 * Owns: %d %i %u %x %o %s %c %[ %n %%, *, widths, h hh l ll L z t.
 * N1  The result is the number of values stored (%n does not count).
 * N2  %[ needs a width, as in the kernel: there is no other bound on the buffer.
 * N3  Text is looked at up to the character that ends a value, or its width, and no further.
 * No lock, no state.  Nothing here sleeps or allocates.
 */
#include <linux/bitops.h>
#include <linux/ctype.h>
#include <linux/hex.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <base/scan.h>

struct scan_spec {
	bool is_skipped;	/* '*' */
	int width;		/* -1: none */
	char length;		/* as in fmt.c: H for hh, L for ll */
	char kind;
};

static const char *read_spec(const char *fmt, struct scan_spec *ret_spec)
{
	struct scan_spec spec = { .width = -1 };

	if (*fmt == '*') {
		spec.is_skipped = true;
		fmt++;
	}
	if (isdigit(*fmt))
		for (spec.width = 0; isdigit(*fmt); fmt++)
			spec.width = min(spec.width * 10 + (*fmt - '0'), SHRT_MAX);
	if (*fmt && strchr("hlLzt", *fmt)) {
		spec.length = *fmt++;
		if (*fmt == spec.length && (*fmt == 'h' || *fmt == 'l')) {
			spec.length = (char)toupper(spec.length);
			fmt++;
		}
	}
	spec.kind = *fmt;
	*ret_spec = spec;
	return *fmt ? fmt + 1 : fmt;
}

/*
 * Digits of @base, at most @room characters with sign and prefix; where they end, NULL if there are
 * none.
 */
static const char *read_number(const char *text, int base, bool is_signed, int room, u64 *ret_value)
{
	const char *end = text, *first;
	bool is_negative = false, has_prefix = false;
	u64 value = 0;

	/* N3: all that can be part of a number of any base. */
	while ((room < 0 || end - text < room) && (isxdigit(*end) || (*end | 0x20) == 'x' ||
						    (end == text && *end == '-')))
		end++;
	if (is_signed && text < end && *text == '-') {
		is_negative = true;
		text++;
	}
	/* A width may end behind the prefix: that is 0, and the digits are the next number's. */
	if ((base == 0 || base == 16) && end - text >= 2 && text[0] == '0' &&
	    (text[1] | 0x20) == 'x' && isxdigit(text[2])) {
		base = 16;
		text += 2;
		has_prefix = true;
	} else if (base == 0) {
		base = *text == '0' ? 8 : 10;
	}
	for (first = text; text < end; text++) {
		int digit = hex_to_bin(*text);

		if (digit < 0 || digit >= base)
			break;
		value = value * (unsigned int)base + (unsigned int)digit;
	}
	*ret_value = is_negative ? -value : value;
	return text > first || has_prefix ? text : NULL;
}

static bool may(const struct scan_watcher *watcher, const void *at, size_t bytes, bool writes)
{
	return !watcher || watcher->may(watcher, at, bytes, writes);
}

static size_t size_of(char length)
{
	return length == 'H' ? 1 : length == 'h' ? 2 : length ? 8 : 4;
}

static void store(u64 value, char length, void *at)
{
	switch (length) {
	case 'H':
		*(u8 *)at = (u8)value;
		break;
	case 'h':
		*(u16 *)at = (u16)value;
		break;
	case 'L':
	case 'l':
	case 'z':
	case 't':
		*(u64 *)at = value;
		break;
	default:
		*(u32 *)at = (u32)value;
	}
}

/* The set after "%[": 256 bits, and where the format goes on; NULL if it is not closed. */
static const char *read_set(const char *fmt, unsigned long *ret_set)
{
	const bool is_inverted = *fmt == '^';

	memset(ret_set, 0, 256 / 8);
	fmt += is_inverted;
	do {
		if (!*fmt)
			return NULL;
		__set_bit((u8)*fmt++, ret_set);
	} while (*fmt != ']');
	for (int i = 0; is_inverted && i < 4; i++)
		ret_set[i] = ~ret_set[i];
	__clear_bit(0, ret_set);	/* the end of the text is in no set */
	return fmt + 1;
}

/* Characters of @set, or any, or any but blanks; closed with 0 for %s and %[. */
static const char *read_chars(const struct scan_watcher *watcher, const char *text,
			      const struct scan_spec *spec, const unsigned long *set, char *at)
{
	const size_t room = spec->width < 0 ? (spec->kind == 'c' ? 1 : SHRT_MAX)
					    : (size_t)spec->width;
	const bool is_closed = spec->kind != 'c';
	size_t count = 0;

	while (count < room && text[count] && !(spec->kind == 's' && isspace(text[count])) &&
	       !(spec->kind == '[' && !test_bit((u8)text[count], set)))
		count++;
	if (!may(watcher, text, count + (count < room), false) ||
	    (at && !may(watcher, at, count + is_closed, true)))
		return NULL;
	if (at)
		memcpy(at, text, count);
	if (at && is_closed)
		at[count] = '\0';
	return count ? text + count : NULL;
}

/* Past the blanks; NULL: they were looked at, and should not have been. */
static const char *past_blanks(const struct scan_watcher *watcher, const char *text)
{
	const char *end = skip_spaces(text);

	return may(watcher, text, (size_t)(end - text) + 1, false) ? end : NULL;
}

static int base_of(char kind)
{
	switch (kind) {
	case 'd':
	case 'u':
		return 10;
	case 'i':
		return 0;
	case 'x':
	case 'X':
		return 16;
	case 'o':
		return 8;
	default:
		return -1;
	}
}

/* One conversion at @text; where the text goes on, NULL if it does not match. */
static const char *convert(const struct scan_watcher *watcher, const char *text,
			   const struct scan_spec *spec, const unsigned long *set, void *at)
{
	const bool is_text = spec->kind == 's' || spec->kind == '[' || spec->kind == 'c';
	const int base = base_of(spec->kind);
	const char *end;
	u64 value;

	if (!is_text && base < 0)
		return NULL;
	if (!is_text || spec->kind == 's')
		text = past_blanks(watcher, text);
	if (!text || !may(watcher, text, 1, false) || (is_text && !*text))
		return NULL;
	if (is_text)
		return read_chars(watcher, text, spec, set, at);
	end = read_number(text, base, spec->kind == 'd' || spec->kind == 'i', spec->width, &value);
	if (!end || !may(watcher, text, (size_t)(end - text) + (end - text != spec->width), false))
		return NULL;
	if (!at)
		return end;
	if (!may(watcher, at, size_of(spec->length), true))
		return NULL;
	store(value, spec->length, at);
	return end;
}

int scan_text(const struct scan_watcher *watcher, const char *buf, const char *fmt, va_list args)
{
	const char *text = buf;
	int stored = 0;

	while (*fmt) {
		unsigned long set[4];
		struct scan_spec spec;
		void *at;

		if (isspace(*fmt)) {
			fmt = skip_spaces(fmt);
			text = past_blanks(watcher, text);
			if (!text)
				break;
			continue;
		}
		if (*fmt != '%' || fmt[1] == '%') {
			fmt += *fmt == '%';
			if (!may(watcher, text, 1, false) || *fmt++ != *text++)
				break;
			continue;
		}
		fmt = read_spec(fmt + 1, &spec);
		if (spec.kind == 'n') {
			at = va_arg(args, int *);
			if (!may(watcher, at, sizeof(int), true))
				break;
			*(int *)at = (int)(text - buf);
			continue;
		}
		if (spec.kind == '[') {
			/* N2 */
			fmt = spec.width < 0 && !spec.is_skipped ? NULL : read_set(fmt, set);
			if (!fmt)
				break;
		}
		at = spec.is_skipped ? NULL : va_arg(args, void *);
		text = convert(watcher, text, &spec, set, at);
		if (!text)
			break;
		stored += at != NULL;
	}
	return stored;
}

int vsscanf(const char *buf, const char *fmt, va_list args)
{
	return scan_text(NULL, buf, fmt, args);
}

int sscanf(const char *buf, const char *fmt, ...)
{
	va_list args;
	int stored;

	va_start(args, fmt);
	stored = vsscanf(buf, fmt, args);
	va_end(args);
	return stored;
}
