// SPDX-License-Identifier: MIT
/*
 * scan_test.c - sscanf: tables, round trips, libc's answers, and texts and formats nobody would
 * write
 */
#include "test.h"
#include <linux/kernel.h>
#include <linux/string.h>
#include <base/scan.h>

int libc_sscanf(const char *text, const char *fmt, ...) __asm__("sscanf");

#pragma GCC diagnostic ignored "-Wformat"
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static void numbers_text_and_sets_are_read(void)
{
	int a = 0, b = 0, n = 0;
	unsigned int u = 0;
	unsigned long long wide = 0;
	u8 byte = 0;
	short half = 0;
	char word[8], set[8], c = 0;

	CHECK_EQ(sscanf("12 -7 0x1f", "%d%d%i", &a, &b, &n), 3);
	CHECK(a == 12 && b == -7 && n == 31);
	CHECK_EQ(sscanf("ff,077", "%x,%o", &u, &n), 2);
	CHECK(u == 255 && n == 63);
	CHECK_EQ(sscanf("18446744073709551615", "%llu", &wide), 1);
	CHECK_EQ(wide, U64_MAX);
	CHECK_EQ(sscanf("300 70000", "%hhu %hd", &byte, &half), 2);
	CHECK(byte == 44 && half == 4464);
	CHECK_EQ(sscanf("name=value x", "name=%5s %c%n", word, &c, &n), 2);
	CHECK(strcmp(word, "value") == 0 && c == 'x' && n == 12);
	/* The kernel's sets have no ranges: '-' is a character. */
	CHECK_EQ(sscanf("abc123", "%5[a-c]%d", set, &a), 1);
	CHECK(strcmp(set, "a") == 0);
	CHECK_EQ(sscanf("cab123", "%5[abc]%d", set, &a), 2);
	CHECK(strcmp(set, "cab") == 0 && a == 123);
	CHECK_EQ(sscanf("key:1", "%5[^:]:%d", set, &a), 2);
	CHECK(strcmp(set, "key") == 0 && a == 1);
	CHECK_EQ(sscanf("123456", "%3d%d", &a, &b), 2);
	CHECK(a == 123 && b == 456);
	/* The prefix counts; a width that ends behind it reads 0. */
	CHECK_EQ(sscanf("0xA7", "%2x%x", &u, &n), 2);
	CHECK(u == 0 && n == 0xa7);
	CHECK_EQ(sscanf("5 6 7", "%*d %d", &a), 1);
	CHECK_EQ(a, 6);
	CHECK_EQ(sscanf("50%", "%d%%", &a), 1);
}

static void what_does_not_match_ends_the_reading(void)
{
	int a = 1, b = 2;
	char word[4] = "old";

	CHECK_EQ(sscanf("", "%d", &a), 0);
	CHECK_EQ(sscanf("x", "%d", &a), 0);
	CHECK_EQ(sscanf("5x", "%d,%d", &a, &b), 1);
	CHECK(a == 5 && b == 2);
	CHECK_EQ(sscanf("", "%3s", word), 0);
	CHECK(strcmp(word, "old") == 0);
	CHECK_EQ(sscanf("abc", "%[abc]", word), 0);	/* N2 */
	CHECK_EQ(sscanf("5", "%d %", &a), 1);
}

static void random_numbers_agree_with_libc(void)
{
	static const char *const formats[] = { "%lld", "%llu", "%llx", "%llo", "%lli" };

	for (int i = 0; i < 50000; i++) {
		const char *fmt = formats[km_test_random_below(ARRAY_SIZE(formats))];
		char text[48];
		unsigned long long ours = 1, theirs = 1;
		const u64 value = (km_test_random() >> 2) >> km_test_random_below(62);
		int our_count, their_count;

		switch (km_test_random_below(4)) {
		case 0:
			sprintf(text, "  %llu", value);
			break;
		case 1:
			sprintf(text, "%#llxz", value);
			break;
		case 2:
			sprintf(text, "%#llo ", value);
			break;
		default:
			sprintf(text, "%llx", value);
		}
		our_count = sscanf(text, fmt, &ours);
		their_count = libc_sscanf(text, fmt, &theirs);
		if (strcmp(fmt, "%lld") == 0 && value >> 62)
			continue;
		if (our_count == max(their_count, 0) && ours == theirs)
			continue;
		/* Too many digits: libc saturates, the kernel wraps. */
		if (strlen(text) > 16)
			continue;
		km_test_note("%s with %s: %llx, %llx", text, fmt, ours, theirs);
		CHECK(false);
		return;
	}
}

static void any_text_and_format_are_harmless(void)
{
	static const char alphabet[] = "%%%%dixouscn[]^*0123456789 \thlabc,-x";
	static char slots[8][33000];
	char fmt[24], text[24];

	for (int i = 0; i < 50000; i++) {
		for (size_t c = 0; c < sizeof(fmt); c++) {
			fmt[c] = alphabet[km_test_random_below(sizeof(alphabet) - 1)];
			text[c] = alphabet[km_test_random_below(sizeof(alphabet) - 1)];
		}
		fmt[km_test_random_below(sizeof(fmt))] = '\0';
		text[km_test_random_below(sizeof(text))] = '\0';
		fmt[sizeof(fmt) - 1] = text[sizeof(text) - 1] = '\0';
		CHECK(sscanf(text, fmt, slots[0], slots[1], slots[2], slots[3], slots[4], slots[5],
			     slots[6], slots[7], slots[0], slots[1], slots[2], slots[3]) <= 12);
	}
}

/* -- who asks what is touched: N3 -- */
static const char *scanned;
static size_t looked_at, stored_bytes, store_limit;

static bool note(const struct scan_watcher *watcher, const void *at, size_t bytes, bool writes)
{
	const char *end = (const char *)at + bytes;

	(void)watcher;
	if (!writes) {
		looked_at = max(looked_at, (size_t)(end - scanned));
		return true;
	}
	stored_bytes += bytes;
	return bytes <= store_limit;
}

static int scan_noted(const char *text, const char *fmt, ...)
{
	const struct scan_watcher watcher = { note };
	va_list args;
	int count;

	scanned = text;
	looked_at = stored_bytes = 0;
	va_start(args, fmt);
	count = scan_text(&watcher, text, fmt, args);
	va_end(args);
	return count;
}

static void who_asks_is_told_what_is_touched(void)
{
	char word[16] = "untouched";
	unsigned int number;

	store_limit = 16;
	CHECK_EQ(scan_noted("12,x", "%u", &number), 1);
	CHECK(looked_at == 3 && stored_bytes == sizeof(number));
	CHECK_EQ(scan_noted("1234", "%2u", &number), 1);
	CHECK_EQ(looked_at, 2);
	CHECK_EQ(scan_noted("1234", "%u", &number), 1);
	CHECK_EQ(looked_at, 5);
	CHECK_EQ(scan_noted("  ab c", "%s", word), 1);
	CHECK(looked_at == 5 && stored_bytes == 3);
	CHECK_EQ(scan_noted("abcdef", "%3s", word), 1);
	CHECK(looked_at == 3 && stored_bytes == 4);
	CHECK_EQ(scan_noted("abcd", "abx%u", &number), 0);
	CHECK_EQ(looked_at, 3);
	store_limit = 2;
	strcpy(word, "untouched");
	CHECK_EQ(scan_noted("abcdef", "%s", word), 0);
	CHECK(stored_bytes == 7 && strcmp(word, "untouched") == 0);
}

KM_TESTS(NULL, T(who_asks_is_told_what_is_touched), T(numbers_text_and_sets_are_read),
	 T(what_does_not_match_ends_the_reading), T(random_numbers_agree_with_libc),
	 T(any_text_and_format_are_harmless));
