// SPDX-License-Identifier: MIT
/*
 * fmt_test.c - the formatter: tables of what the kernel prints, and libc's as a second opinion
 * where the two agree
 */
#include "base/fmt.h"
#include "test.h"
#include <linux/err.h>
#include <linux/gfp_types.h>
#include <linux/kernel.h>
#include <linux/page-flags.h>
#include <linux/printk.h>
#include <linux/string.h>

int libc_snprintf(char *buf, size_t size, const char *fmt, ...) __asm__("snprintf");

static char text[512];
static char *volatile nothing;	/* NULL, but the compiler does not know */

#define PRINTS(wanted, ...)								\
	do {										\
		int len_ = snprintf(text, sizeof(text), __VA_ARGS__);			\
		if (strcmp(text, wanted) || len_ != (int)strlen(wanted))		\
			km_test_note("got \"%s\" (%d)", text, len_);			\
		CHECK(strcmp(text, wanted) == 0 && len_ == (int)strlen(wanted));	\
	} while (0)

#pragma GCC diagnostic ignored "-Wformat"
#pragma GCC diagnostic ignored "-Wformat-extra-args"

static void integers_print_as_the_kernel_prints_them(void)
{
	PRINTS("0 -1 4294967295", "%d %i %u", 0, -1, -1);
	PRINTS("-2147483648 9223372036854775807", "%d %lld", INT_MIN, LLONG_MAX);
	PRINTS("-9223372036854775808", "%lld", LLONG_MIN);
	PRINTS("-128 255 -32768 65535", "%hhd %hhu %hd %hu", 128, -1, 32768, -1);
	PRINTS("18446744073709551615 ffffffffffffffff", "%zu %lx", SIZE_MAX, ~0UL);
	PRINTS("|   42|42   |00042|+42| 42|", "|%5d|%-5d|%05d|%+d|% d|", 42, 42, 42, 42, 42);
	PRINTS("0xff 0XFF 0377", "%#x %#X %#o", 255, 255, 255);
	PRINTS("0x0 0", "%#x %#o", 0, 0);
	PRINTS("0x000000ff|      0xff|0xff      ", "%#010x|%#10x|%-#10x", 255, 255, 255);
	PRINTS("00042|  00042", "%.5d|%7.5d", 42, 42);
	PRINTS("0", "%.0d", 0);
	PRINTS("   42|42   ", "%*d|%*d", 5, 42, -5, 42);
	PRINTS("100%", "%d%%", 100);
}

static void text_and_characters_keep_width_and_precision(void)
{
	PRINTS("|abc|  abc|abc  |ab|", "|%s|%5s|%-5s|%.2s|", "abc", "abc", "abc", "abc");
	PRINTS("|x|  x|x  |", "|%c|%3c|%-3c|", 'x', 'x', 'x');
	PRINTS("(null) (efault) (efault)", "%s %s %s", nothing, (char *)8,
	       (char *)ERR_PTR(-EINVAL));
	PRINTS("a", "%.*s", 1, "abc");
	PRINTS("", "%.*s", -1, "abc");
}

static void an_unknown_conversion_ends_the_text(void)
{
	PRINTS("a", "a%yb", 1);
	PRINTS("a", "a%", 1);
	PRINTS("", "%n", text);
}

static void the_length_wanted_is_told_where_the_text_is_cut(void)
{
	char small[8] = "zzzzzzz";

	CHECK_EQ(snprintf(small, 4, "%s", "abcdef"), 6);
	CHECK(memcmp(small, "abc\0zzz", 8) == 0);
	CHECK_EQ(scnprintf(small, 4, "%s", "abcdef"), 3);
	CHECK_EQ(scnprintf(small, 0, "%s", "abcdef"), 0);
	CHECK_EQ(snprintf(NULL, 0, "%s %5d", "abcdef", 1), 12);
	CHECK_EQ(snprintf(small, (size_t)INT_MAX + 1, "abc"), 0);
}

static void pointers_are_hashed_the_same_each_time(void)
{
	char first[32], second[32];

	snprintf(first, sizeof(first), "%p", &first);
	snprintf(second, sizeof(second), "%p", &first);
	CHECK(strcmp(first, second) == 0);
	CHECK_EQ(strlen(first), 16);
	CHECK(strstarts(first, "00000000"));
	snprintf(second, sizeof(second), "%p", &second);
	CHECK(strcmp(first, second) != 0);
	snprintf(second, sizeof(second), "%pK", &first);
	CHECK(strcmp(first, second) == 0);
	snprintf(second, sizeof(second), "%016lx", (unsigned long)&first);
	PRINTS("0000000000000000", "%p", NULL);
	PRINTS("fffffffffffffff4", "%p", ERR_PTR(-ENOMEM));
	PRINTS("0000000012345678 12345678", "%px %8px", (void *)0x12345678, (void *)0x12345678);
	PRINTS("           (null)", "%17s", nothing);
}

static int fake_symbol(unsigned long pc, char kind, char *buf, size_t bytes)
{
	return pc == 0x1000 ? scnprintf(buf, bytes, kind == 's' ? "probe" : "probe+0x4/0x%c",
					kind) : 0;
}

static void symbols_come_from_the_hook(void)
{
	int (*before)(unsigned long, char, char *, size_t) = fmt_symbol;

	fmt_symbol = NULL;
	PRINTS("0x1000", "%pS", (void *)0x1000);
	fmt_symbol = fake_symbol;
	PRINTS("probe+0x4/0xS probe probe+0x4/0xB", "%pS %ps %pB", (void *)0x1000, (void *)0x1000,
	       (void *)0x1000);
	PRINTS("0x2000", "%ps", (void *)0x2000);
	fmt_symbol = before;
}

static void errors_have_names(void)
{
	PRINTS("-ENOMEM -EPROBE_DEFER -600", "%pe %pe %pe", ERR_PTR(-ENOMEM),
	       ERR_PTR(-EPROBE_DEFER),
	       ERR_PTR(-600));
	PRINTS("0000000000000000", "%pe", NULL);
}

static void bytes_and_bitmaps_print_in_their_forms(void)
{
	static const u8 bytes[] = { 0x00, 0x1b, 0xab, 0xff };
	static const unsigned long map[2] = { 0x80000000fUL, 0x5UL };

	PRINTS("00 1b ab ff|00:1b:ab:ff|00-1b|001bab", "%4ph|%4phC|%2phD|%3phN", bytes, bytes,
	       bytes,
	       bytes);
	PRINTS("00 1b ab", "%*ph", 3, bytes);
	PRINTS("(null)", "%*ph", 3, NULL);
	PRINTS("5,00000008,0000000f", "%*pb", 67, map);
	PRINTS("f", "%*pb", 4, map);
	PRINTS("0-3,35,64,66", "%*pbl", 67, map);
	PRINTS("", "%*pbl", 0, map);
}

static void addresses_print_in_their_forms(void)
{
	static const u8 mac[] = { 0x00, 0x1b, 0x21, 0xab, 0xcd, 0xef };
	static const u8 ip4[] = { 192, 168, 0, 1 };
	static const u8 ip6[] = { 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };
	static const u8 loopback[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };
	static const u8 uuid[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
	const dma_addr_t dma = 0x12345678;

	PRINTS("00:1b:21:ab:cd:ef 00-1b-21-ab-cd-ef", "%pM %pMF", mac, mac);
	PRINTS("ef:cd:ab:21:1b:00 001b21abcdef", "%pMR %pm", mac, mac);
	PRINTS("192.168.0.1 192.168.000.001 1.0.168.192", "%pI4 %pi4 %pI4l", ip4, ip4, ip4);
	PRINTS("2001:0db8:0000:0000:0000:0000:0000:0001 2001:db8::1 ::1", "%pI6 %pI6c %pI6c", ip6,
	       ip6,
	       loopback);
	PRINTS("20010db8000000000000000000000001", "%pi6", ip6);
	PRINTS("00010203-0405-0607-0809-0a0b0c0d0e0f", "%pUb", uuid);
	PRINTS("03020100-0504-0706-0809-0A0B0C0D0E0F", "%pUL", uuid);
	PRINTS("0x0000000012345678 0x0000000012345678", "%pad %pa", &dma, &dma);
}

static void flag_words_are_named_greedily(void)
{
	static const struct { gfp_t gfp; const char *text; } cases[] = {
		{ GFP_KERNEL, "GFP_KERNEL" }, { GFP_ATOMIC, "GFP_ATOMIC" }, { GFP_NOWAIT,
		"GFP_NOWAIT" }, { GFP_NOIO, "GFP_NOIO" }, { GFP_NOFS, "GFP_NOFS" }, { GFP_USER,
		"GFP_USER" }, { GFP_DMA, "GFP_DMA" }, { GFP_KERNEL | GFP_DMA,
		"GFP_KERNEL|GFP_DMA" }, { GFP_HIGHUSER_MOVABLE, "GFP_HIGHUSER_MOVABLE" },
		{ GFP_TRANSHUGE, "GFP_TRANSHUGE" }, { GFP_TRANSHUGE_LIGHT, "GFP_TRANSHUGE_LIGHT" },
		{ GFP_KERNEL | __GFP_COMP | __GFP_ZERO, "GFP_KERNEL|__GFP_COMP|__GFP_ZERO" },
		{ GFP_KERNEL_ACCOUNT, "GFP_KERNEL_ACCOUNT" },
		{ __GFP_DIRECT_RECLAIM, "__GFP_DIRECT_RECLAIM" },
		{ GFP_ATOMIC | 0x4000000, "GFP_ATOMIC|0x4000000" }, { 0, "" },
	};
	unsigned long flags = 1UL << PG_locked | 1UL << PG_lru;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		PRINTS(cases[i].text, "%pGg", &cases[i].gfp);
	PRINTS("0x21(locked|lru)", "%pGp", &flags);
	flags = 1UL << 60;
	PRINTS("0x1000000000000000(0x1000000000000000)", "%pGp", &flags);
}

static int nested(const char *fmt, ...)
{
	struct va_format inner = { .fmt = fmt };
	va_list args;
	int len;

	va_start(args, fmt);
	inner.va = &args;
	len = snprintf(text, sizeof(text), "<%pV|%pV>", &inner, &inner);
	va_end(args);
	return len;
}

static void a_format_may_be_nested(void)
{
	CHECK_EQ(nested("%d %s", 7, "x"), 9);
	CHECK(strcmp(text, "<7 x|7 x>") == 0);
}

/*
 * A random conversion that means the same here and in libc; writes it to @fmt, returns its letter.
 */
static char random_conversion(char *fmt, bool *ret_is_long)
{
	static const char letters[] = "diuxXosc";
	const char letter = letters[km_test_random_below(8)];
	const bool is_number = !strchr("sc", letter);
	const bool has_precision = letter != 'c' && km_test_random() & 1;

	*fmt++ = '%';
	if (km_test_random() & 1)
		*fmt++ = '-';
	if (is_number && !has_precision && km_test_random() & 1)
		*fmt++ = '0';
	if (strchr("di", letter) && km_test_random() & 1)
		*fmt++ = "+ "[km_test_random() & 1];
	if (strchr("xXo", letter) && !has_precision && km_test_random() & 1)
		*fmt++ = '#';
	if (km_test_random() & 1)
		fmt += sprintf(fmt, "%u", (unsigned int)km_test_random_below(40) + 1);
	if (has_precision)
		fmt += sprintf(fmt, ".%u", (unsigned int)km_test_random_below(30) + 1);
	*ret_is_long = is_number && km_test_random() & 1;
	if (*ret_is_long) {
		static const char *const lengths[] = { "l", "ll", "z", "t" };

		fmt += sprintf(fmt, "%s", lengths[km_test_random_below(4)]);
	}
	*fmt++ = letter;
	strcpy(fmt, "]");
	return letter;
}

static void random_conversions_agree_with_libc(void)
{
	char fmt[64], ours[128], theirs[128], word[16];

	for (int i = 0; i < 100000; i++) {
		const size_t size = km_test_random() & 1 ? sizeof(ours) : km_test_random_below(20);
		const u64 value = (km_test_random() | 1) >> km_test_random_below(63);
		int our_len, their_len;
		bool is_long;
		char letter;

		fmt[0] = '[';
		letter = random_conversion(fmt + 1, &is_long);
		memset(ours, 'z', sizeof(ours));
		memset(theirs, 'z', sizeof(theirs));
		if (letter == 's') {
			sprintf(word, "%llx", value & 0xffffffffffffULL);
			our_len = snprintf(ours, size, fmt, word);
			their_len = libc_snprintf(theirs, size, fmt, word);
		} else if (is_long) {
			our_len = snprintf(ours, size, fmt, value | 1);
			their_len = libc_snprintf(theirs, size, fmt, value | 1);
		} else {
			our_len = snprintf(ours, size, fmt, (int)(value % 255) + 1);
			their_len = libc_snprintf(theirs, size, fmt, (int)(value % 255) + 1);
		}
		if (our_len == their_len && memcmp(ours, theirs, sizeof(ours)) == 0)
			continue;
		km_test_note("%s of %llx in %zu", fmt, (unsigned long long)value, size);
		CHECK(false);
		return;
	}
}

/* F1 and F2 for formats nobody would write. */
static void any_format_stays_in_its_buffer(void)
{
	static const char alphabet[] = "%%%%%diuxXoscpSsBhbMmIiU46GgPeKxahlLzt.- +#0123z";
	static u8 target[256] = "text";
	static char fmt[32], buf[64], again[8192];

	for (int i = 0; i < 100000; i++) {
		const size_t size = km_test_random_below(sizeof(buf));
		const size_t used = km_test_random_below(24);
		int len, full;

		for (size_t c = 0; c < used; c++)
			fmt[c] = alphabet[km_test_random_below(sizeof(alphabet) - 1)];
		fmt[used] = '\0';
		memset(buf, 'z', sizeof(buf));
		len = snprintf(buf, size, fmt, target, target, target, target, target, target,
			       target,
			       target, target, target, target, target, target, target, target,
			       target, target, target, target, target, target, target, target,
			       target);
		CHECK(!memchr_inv(buf + size, 'z', sizeof(buf) - size));
		CHECK(size == 0 || strnlen(buf, size) < size);
		full = snprintf(again, sizeof(again), fmt, target, target, target, target, target,
				target,
				target, target, target, target, target, target, target, target,
				target, target, target, target, target, target, target, target,
				target, target);
		CHECK_EQ(len, full);
		if (size && (size_t)full < sizeof(again))
			CHECK(memcmp(buf, again, min((size_t)full, size - 1)) == 0);
	}
}

KM_TESTS(NULL, T(integers_print_as_the_kernel_prints_them),
	 T(text_and_characters_keep_width_and_precision), T(an_unknown_conversion_ends_the_text),
	 T(the_length_wanted_is_told_where_the_text_is_cut),
	 T(pointers_are_hashed_the_same_each_time), T(symbols_come_from_the_hook),
	 T(errors_have_names), T(bytes_and_bitmaps_print_in_their_forms),
	 T(addresses_print_in_their_forms), T(flag_words_are_named_greedily),
	 T(a_format_may_be_nested), T(random_conversions_agree_with_libc),
	 T(any_format_stays_in_its_buffer));
