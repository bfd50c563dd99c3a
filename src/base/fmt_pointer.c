// SPDX-License-Identifier: MIT
/*
 * fmt_pointer.c - what %p and the letters behind it print
 *
 * Owns: hashed and plain addresses, symbols, bitmaps, bytes, hardware and network addresses, flag
 * words, errors.
 * P1  %p never shows an address: the same pointer gives the same 32-bit number, in every run.  NULL
 *     and error pointers show.
 * P2  A form that takes what is pointed at prints "(null)" or "(efault)" for a pointer that cannot
 *     point at anything.
 * No lock, no state but the symbol hook.  Nothing here sleeps or allocates.
 */
#include "base/fmt.h"
#include <linux/bitops.h>
#include <linux/bits.h>
#include <linux/ctype.h>
#include <linux/err.h>
#include <linux/hex.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/unaligned.h>

int (*fmt_symbol)(unsigned long pc, char kind, char *buf, size_t bytes);

static const struct fmt_spec plain_spec = { .base = 10, .width = -1, .precision = -1 };
static const struct fmt_spec prefixed_hex = {
	.base = 16, .width = -1, .precision = -1, .special = true
};

static void put_hex(struct fmt_out *out, u64 value, int digits)
{
	struct fmt_spec spec = { .base = 16, .width = digits, .precision = -1, .zero = true };

	fmt_number(out, value, spec);
}

static void put_special_hex(struct fmt_out *out, u64 value, int bytes)
{
	fmt_plain(out, "0x");
	put_hex(out, value, bytes * 2);
}

static void put_address(struct fmt_out *out, u64 value, struct fmt_spec spec)
{
	spec.base = 16;
	if (spec.width < 0) {
		spec.width = 2 * (int)sizeof(void *);
		spec.zero = true;
	}
	fmt_number(out, value, spec);
}

/* P1: a fixed mix, so that one seed gives one text. */
static u32 hash_address(u64 address)
{
	u64 h = address + 0x9e3779b97f4a7c15ULL;

	h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9ULL;
	h = (h ^ (h >> 27)) * 0x94d049bb133111ebULL;
	return (u32)(h ^ (h >> 31));
}

static void put_hashed(struct fmt_out *out, const void *ptr, struct fmt_spec spec)
{
	put_address(out, IS_ERR_OR_NULL(ptr) ? (u64)ptr : hash_address((u64)ptr), spec);
}

/* P2 */
static bool put_bad_pointer(struct fmt_out *out, const void *ptr, struct fmt_spec spec)
{
	if ((unsigned long)ptr >= 4096 && !IS_ERR(ptr))
		return false;
	fmt_text(out, ptr ? "(efault)" : "(null)", spec);
	return true;
}

static bool may_read(struct fmt_out *out, const void *ptr, size_t bytes)
{
	return !out->reader || out->reader->bytes(out->reader, ptr, bytes) == bytes;
}

static void put_symbol(struct fmt_out *out, const void *ptr, char kind, struct fmt_spec spec)
{
	char text[128];

	if (fmt_symbol && fmt_symbol((unsigned long)ptr, kind, text, sizeof(text)) > 0) {
		fmt_text(out, text, spec);
		return;
	}
	spec.special = true;
	spec.base = 16;
	fmt_number(out, (u64)ptr, spec);
}

/* %*ph[CDN]: up to 64 bytes */
static void put_bytes(struct fmt_out *out, const u8 *bytes, char form, struct fmt_spec spec)
{
	const char between = form == 'C' ? ':' : form == 'D' ? '-' : form == 'N' ? 0 : ' ';
	const int count = spec.width > 0 ? min(spec.width, 64) : 1;

	if (spec.width == 0 || put_bad_pointer(out, bytes, spec) ||
	    !may_read(out, bytes, (size_t)count))
		return;
	for (int i = 0; i < count; i++) {
		if (i && between)
			fmt_put(out, between);
		put_hex(out, bytes[i], 2);
	}
}

/* %*pb: 32-bit groups in hex, highest first; the first shows only its own digits. */
static void put_bitmap(struct fmt_out *out, const unsigned long *map, int nbits)
{
	int left = nbits % 32 ? nbits % 32 : 32;

	for (int start = ((nbits + 31) / 32 - 1) * 32; start >= 0; start -= 32) {
		u32 group = (u32)(map[start / BITS_PER_LONG] >> (start % BITS_PER_LONG));

		if (left < 32)
			group &= (1U << left) - 1;
		put_hex(out, group, (left + 3) / 4);
		left = 32;
		if (start)
			fmt_put(out, ',');
	}
}

/* %*pbl: 0-3,7 */
static void put_bit_list(struct fmt_out *out, const unsigned long *map, int nbits)
{
	unsigned long first = find_first_bit(map, (unsigned long)nbits);
	bool any = false;

	while (first < (unsigned long)nbits) {
		unsigned long end = find_next_zero_bit(map, (unsigned long)nbits, first);

		if (any)
			fmt_put(out, ',');
		any = true;
		fmt_number(out, first, plain_spec);
		if (end - first > 1) {
			fmt_put(out, '-');
			fmt_number(out, end - 1, plain_spec);
		}
		first = find_next_bit(map, (unsigned long)nbits, end);
	}
}

/* %pM 00:01:.., %pMF 00-01-.., %pMR last byte first, %pm without colons */
static void put_mac(struct fmt_out *out, const u8 *bytes, const char *form)
{
	const char between = form[0] == 'm' ? 0 : form[1] == 'F' ? '-' : ':';

	for (int i = 0; i < 6; i++) {
		if (i && between)
			fmt_put(out, between);
		put_hex(out, bytes[form[1] == 'R' ? 5 - i : i], 2);
	}
}

/* %pI4 1.2.3.4, %pi4 001.002.003.004; h n b l behind them: byte order */
static void put_ip4(struct fmt_out *out, const u8 *bytes, const char *form)
{
	const bool is_reversed = form[2] == 'h' || form[2] == 'l';
	struct fmt_spec spec = plain_spec;

	if (form[0] == 'i') {
		spec.width = 3;
		spec.zero = true;
	}
	for (int i = 0; i < 4; i++) {
		if (i)
			fmt_put(out, '.');
		fmt_number(out, bytes[is_reversed ? 3 - i : i], spec);
	}
}

static u32 ip6_word(const u8 *bytes, int index)
{
	return get_unaligned_be16(bytes + 2 * index);
}

/* The longest run of at least two zero words; its length, 0 for none. */
static int ip6_longest_gap(const u8 *bytes, int *ret_first)
{
	int best = 1;

	for (int i = 0; i < 8; i++) {
		int run = 0;

		while (i + run < 8 && ip6_word(bytes, i + run) == 0)
			run++;
		if (run > best) {
			best = run;
			*ret_first = i;
		}
	}
	return best > 1 ? best : 0;
}

/* %pI6 eight full words, %pi6 without colons, %pI6c as people write it */
static void put_ip6(struct fmt_out *out, const u8 *bytes, const char *form)
{
	const bool is_short = form[0] == 'I' && form[2] == 'c';
	int first = 8, gap = is_short ? ip6_longest_gap(bytes, &first) : 0;

	for (int i = 0; i < 8; i++) {
		if (gap && i == first) {
			fmt_plain(out, "::");
			i += gap - 1;
			continue;
		}
		if (form[0] == 'I' && i && !(gap && i == first + gap))
			fmt_put(out, ':');
		put_hex(out, ip6_word(bytes, i), is_short ? -1 : 4);
	}
}

/* %pUb big-endian (default), l little; upper case letter: upper case digits */
static void put_uuid(struct fmt_out *out, const u8 *bytes, char form)
{
	static const u8 big[16] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
	static const u8 little[16] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };
	const u8 *order = form == 'l' || form == 'L' ? little : big;
	struct fmt_spec spec = { .base = 16, .width = 2, .precision = -1, .zero = true };

	spec.upper = form == 'L' || form == 'B';
	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			fmt_put(out, '-');
		fmt_number(out, bytes[order[i]], spec);
	}
}

static void put_flags(struct fmt_out *out, unsigned long flags, const struct fmt_flag_name *names)
{
	for (; names->mask && flags; names++) {
		if ((flags & names->mask) != names->mask)
			continue;
		fmt_plain(out, names->name);
		flags &= ~names->mask;
		if (flags)
			fmt_put(out, '|');
	}
	if (flags)
		fmt_number(out, flags, prefixed_hex);
}

/* %pGg: a gfp_t; %pGp: flags of a struct page, also as a number */
static void put_flag_word(struct fmt_out *out, const void *ptr, char form, struct fmt_spec spec)
{
	unsigned long flags;

	if (put_bad_pointer(out, ptr, spec) ||
	    !may_read(out, ptr, form == 'g' ? sizeof(gfp_t) : sizeof(flags)))
		return;
	if (form == 'g') {
		put_flags(out, *(const gfp_t *)ptr, fmt_gfp_names);
		return;
	}
	flags = *(const unsigned long *)ptr;
	fmt_number(out, flags, prefixed_hex);
	fmt_put(out, '(');
	put_flags(out, flags, fmt_page_names);
	fmt_put(out, ')');
}

static void put_error(struct fmt_out *out, const void *ptr, struct fmt_spec spec)
{
	const char *name = IS_ERR(ptr) ? fmt_errno_name((int)-PTR_ERR(ptr)) : NULL;
	char text[24] = "-";

	if (!IS_ERR(ptr)) {
		put_hashed(out, ptr, spec);
	} else if (name) {
		strlcat(text, name, sizeof(text));
		fmt_text(out, text, spec);
	} else {
		spec.is_signed = true;
		fmt_number(out, (u64)PTR_ERR(ptr), spec);
	}
}

/* Bytes that the form reads. */
static size_t pointed_bytes(const char *form, struct fmt_spec spec)
{
	switch (form[0]) {
	case 'M':
	case 'm':
		return 6;
	case 'I':
	case 'i':
		return form[1] == '4' ? 4 : 16;
	case 'b':
		return BITS_TO_LONGS((size_t)max(spec.width, 0)) * sizeof(long);
	case 'a':
		return sizeof(u64);
	default:
		return 16;	/* a UUID, a struct va_format */
	}
}

/* Forms that look at what @ptr points at. */
static void put_pointed(struct fmt_out *out, const char *form, const void *ptr,
			struct fmt_spec spec)
{
	if (put_bad_pointer(out, ptr, spec) || !may_read(out, ptr, pointed_bytes(form, spec)))
		return;
	switch (form[0]) {
	case 'M':
	case 'm':
		put_mac(out, ptr, form);
		break;
	case 'I':
	case 'i':
		if (form[1] == '4')
			put_ip4(out, ptr, form);
		else
			put_ip6(out, ptr, form);
		break;
	case 'U':
		put_uuid(out, ptr, form[1]);
		break;
	case 'a':
		put_special_hex(out, *(const u64 *)ptr, sizeof(u64));
		break;
	case 'b':
		if (form[1] == 'l')
			put_bit_list(out, ptr, max(spec.width, 0));
		else
			put_bitmap(out, ptr, max(spec.width, 0));
		break;
	default:
		fmt_nested(out, ptr);
	}
}

void fmt_pointer(struct fmt_out *out, const char *form, const void *ptr, struct fmt_spec spec)
{
	switch (form[0]) {
	case 'S':
	case 's':
	case 'B':
		put_symbol(out, ptr, form[0], spec);
		return;
	case 'x':
		put_address(out, (u64)ptr, spec);
		return;
	case 'h':
		put_bytes(out, ptr, form[1], spec);
		return;
	case 'G':
		if (form[1] == 'g' || form[1] == 'p') {
			put_flag_word(out, ptr, form[1], spec);
			return;
		}
		break;
	case 'e':
		put_error(out, ptr, spec);
		return;
	case 'k':
	case 'u':
		if (form[1] == 's') {
			fmt_text(out, ptr, spec);
			return;
		}
		break;
	case 'I':
	case 'i':
		if (form[1] != '4' && form[1] != '6')
			break;
		fallthrough;
	case 'M':
	case 'm':
	case 'U':
	case 'a':
	case 'b':
	case 'V':
		put_pointed(out, form, ptr, spec);
		return;
	default:
		break;
	}
	put_hashed(out, ptr, spec);
}

void fmt_nested(struct fmt_out *out, const void *va_format)
{
	const struct va_format *inner = va_format;
	const size_t room = out->at < out->end ? (size_t)(out->end - out->at) : 0;
	va_list args;

	va_copy(args, *inner->va);
	out->at += out->reader ? fmt_measure(out->reader, inner->fmt, args) :
				 vsnprintf(room ? out->at : NULL, room, inner->fmt, args);
	va_end(args);
}
