// SPDX-License-Identifier: MIT
/*
 * string_test.c - text and bytes: libc as a second opinion where it has the function, tables where
 * it has not
 */
#include "test.h"
#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/string_helpers.h>

/* The C library's, under names that do not clash with ours. */
size_t libc_strlen(const char *s) __asm__("strlen");
int libc_strcmp(const char *a, const char *b) __asm__("strcmp");
int libc_strncmp(const char *a, const char *b, size_t n) __asm__("strncmp");
char *libc_strchr(const char *s, int c) __asm__("strchr");
char *libc_strrchr(const char *s, int c) __asm__("strrchr");
char *libc_strstr(const char *s, const char *w) __asm__("strstr");
size_t libc_strspn(const char *s, const char *a) __asm__("strspn");
size_t libc_strcspn(const char *s, const char *r) __asm__("strcspn");
char *libc_strpbrk(const char *s, const char *a) __asm__("strpbrk");
char *libc_strncpy(char *d, const char *s, size_t n) __asm__("strncpy");
char *libc_strncat(char *d, const char *s, size_t n) __asm__("strncat");
int libc_strcasecmp(const char *a, const char *b) __asm__("strcasecmp");
void *libc_memchr(const void *s, int c, size_t n) __asm__("memchr");
int libc_isprint(int c) __asm__("isprint");
int libc_ispunct(int c) __asm__("ispunct");
int libc_isspace(int c) __asm__("isspace");
int libc_iscntrl(int c) __asm__("iscntrl");
int libc_isalnum(int c) __asm__("isalnum");
int libc_toupper(int c) __asm__("toupper");

static int sign(int x)
{
	return (x > 0) - (x < 0);
}

static void random_text(char *at, size_t room)
{
	size_t len = km_test_random_below(room);

	for (size_t i = 0; i < len; i++)
		at[i] = "aAbB\xe4 "[km_test_random_below(6)];
	at[len] = '\0';
}

static void searches_and_comparisons_agree_with_libc(void)
{
	char a[12], b[6];

	for (int i = 0; i < 50000; i++) {
		const size_t n = km_test_random_below(14);
		const char c = "aAb\0"[km_test_random_below(4)];

		random_text(a, sizeof(a));
		random_text(b, sizeof(b));
		CHECK_EQ(strlen(a), libc_strlen(a));
		CHECK_EQ(strnlen(a, n), min(libc_strlen(a), n));
		CHECK_EQ(sign(strcmp(a, b)), sign(libc_strcmp(a, b)));
		CHECK_EQ(sign(strncmp(a, b, n)), sign(libc_strncmp(a, b, n)));
		CHECK(strchr(a, c) == libc_strchr(a, c));
		CHECK(strrchr(a, c) == libc_strrchr(a, c));
		CHECK(strstr(a, b) == libc_strstr(a, b));
		CHECK(strpbrk(a, b) == libc_strpbrk(a, b));
		CHECK_EQ(strspn(a, b), libc_strspn(a, b));
		CHECK_EQ(strcspn(a, b), libc_strcspn(a, b));
		CHECK(memchr(a, c, strlen(a)) == libc_memchr(a, c, strlen(a)));
		if (!libc_strchr(a, '\xe4') && !libc_strchr(b, '\xe4'))
			CHECK_EQ(sign(strcasecmp(a, b)), sign(libc_strcasecmp(a, b)));
	}
}

static void copies_agree_with_libc(void)
{
	char a[12], ours[32], theirs[32];

	for (int i = 0; i < 20000; i++) {
		const size_t n = km_test_random_below(16);

		random_text(a, sizeof(a));
		memset(ours, 'z', sizeof(ours));
		memset(theirs, 'z', sizeof(theirs));
		strncpy(ours, a, n);
		libc_strncpy(theirs, a, n);
		CHECK(memcmp(ours, theirs, sizeof(ours)) == 0);
		ours[n] = theirs[n] = '\0';
		strncat(ours, a, n);
		libc_strncat(theirs, a, n);
		CHECK(memcmp(ours, theirs, sizeof(ours)) == 0);
	}
	CHECK(strcmp(strcat(strcpy(ours, "ab"), "cd"), "abcd") == 0);
	CHECK(stpcpy(ours, "abc") == ours + 3);
}

static void strscpy_closes_the_text_and_tells_when_it_was_cut(void)
{
	char room[6] = "zzzzz", array[4];

	CHECK_EQ(strscpy(room, "abc", 6), 3);
	CHECK(memcmp(room, "abc\0z", 6) == 0);
	CHECK_EQ(strscpy(room, "abcdefgh", 4), -E2BIG);
	CHECK(memcmp(room, "abc\0z", 6) == 0);
	CHECK_EQ(strscpy(room, "abc", 0), -E2BIG);
	CHECK_EQ(strscpy(array, "abc"), 3);
	CHECK_EQ(strscpy(array, "abcd"), -E2BIG);
	memset(room, 'z', sizeof(room));
	CHECK_EQ(strscpy_pad(room, "a"), 1);
	CHECK(memcmp(room, "a\0\0\0\0", 6) == 0);
	CHECK_EQ(strlcat(strcpy(room, "ab"), "cdef", sizeof(room)), 6);
	CHECK(strcmp(room, "abcde") == 0);
}

static void bytes_are_found_set_and_padded(void)
{
	u8 bytes[64];
	u16 words[4];
	u64 wide[2];
	loff_t pos = 60;
	char field[4];

	memset(bytes, 7, sizeof(bytes));
	CHECK(memchr_inv(bytes, 7, sizeof(bytes)) == NULL);
	bytes[63] = 8;
	CHECK(memchr_inv(bytes, 7, sizeof(bytes)) == bytes + 63);
	CHECK(memscan(bytes, 8, sizeof(bytes)) == bytes + 63);
	CHECK(memscan(bytes, 9, sizeof(bytes)) == bytes + 64);
	CHECK(!mem_is_zero(bytes, 1));
	memset16(words, 0x1234, 4);
	CHECK_EQ(words[3], 0x1234);
	memset64(wide, 0x123456789abcdefULL, 2);
	CHECK_EQ(wide[1], 0x123456789abcdefULL);
	CHECK_EQ(memory_read_from_buffer(words, 8, &pos, bytes, sizeof(bytes)), 4);
	CHECK_EQ(pos, 64);
	CHECK_EQ(memory_read_from_buffer(words, 8, &pos, bytes, sizeof(bytes)), 0);
	strtomem_pad(field, "ab", 'z');
	CHECK(memcmp(field, "abzz", 4) == 0);
	CHECK_EQ(bcmp("ab", "ab", 2), 0);
}

static void words_are_split_and_trimmed(void)
{
	static const char *const modes[] = { "fast", "slow", NULL, "never" };
	char line[] = "a,,b:c", spaced[] = " \t x y \n", name[] = "a/b/c";
	char *rest = line;

	CHECK(strcmp(strsep(&rest, ",:"), "a") == 0);
	CHECK(strcmp(strsep(&rest, ",:"), "") == 0);
	CHECK(strcmp(strsep(&rest, ",:"), "b") == 0);
	CHECK(strcmp(strsep(&rest, ",:"), "c") == 0);
	CHECK(strsep(&rest, ",:") == NULL);
	CHECK(strcmp(strim(spaced), "x y") == 0);
	CHECK(strcmp(strreplace(name, '/', '!'), "a!b!c") == 0);
	CHECK(strcmp(kbasename("/a/b"), "b") == 0 && strcmp(kbasename("b"), "b") == 0);
	CHECK(strstarts("prefix", "pre") && !strstarts("pr", "pre"));
	CHECK_EQ(str_has_prefix("prefix", "pre"), 3);
	CHECK(sysfs_streq("on\n", "on") && sysfs_streq("on", "on\n") && sysfs_streq("on", "on"));
	CHECK(!sysfs_streq("on\n\n", "on") && !sysfs_streq("on", "one"));
	CHECK_EQ(match_string(modes, ARRAY_SIZE(modes), "slow"), 1);
	CHECK_EQ(match_string(modes, ARRAY_SIZE(modes), "never"), -EINVAL);
	CHECK_EQ(sysfs_match_string(modes, "slow\n"), 1);
	CHECK(strcmp(strnstr("abcabd", "abd", 6), "abd") == 0 && !strnstr("abcabd", "abd", 5));
	CHECK(*strchrnul("abc", 'x') == '\0' && *strchrnul("abc", 'b') == 'b');
	CHECK(!strnchr("abc", 2, 'c'));
}

static void ascii_classes_agree_with_libc(void)
{
	for (int c = 0; c < 128; c++) {
		CHECK_EQ(!isprint(c), !libc_isprint(c));
		CHECK_EQ(!ispunct(c), !libc_ispunct(c));
		CHECK_EQ(!isspace(c), !libc_isspace(c));
		CHECK_EQ(!iscntrl(c), !libc_iscntrl(c));
		CHECK_EQ(!isalnum(c), !libc_isalnum(c));
		CHECK_EQ(toupper(c), libc_toupper(c));
	}
	CHECK_EQ(toupper(0xe4), 0xc4);
	CHECK_EQ(tolower(0xc4), 0xe4);
	CHECK(isspace(0xa0) && !isalpha(0xd7) && ispunct(0xd7) && !isprint(0x80));
}

static void sizes_have_three_digits(void)
{
	static const struct { u64 size, block; const char *decimal, *binary; } cases[] = {
		{ 0, 1, "0 B", "0 B" }, { 1, 512, "512 B", "512 B" },
		{ 1100, 1, "1.10 kB", "1.07 KiB" }, { 8192, 4096, "33.6 MB", "32.0 MiB" },
		{ 4096ULL << 40, 1, "4.50 PB", "4.00 PiB" }, { ~0ULL, 1, "18.4 EB", "16.0 EiB" },
	};
	char text[16];

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		string_get_size(cases[i].size, cases[i].block, STRING_UNITS_10, text, sizeof(text));
		CHECK(strcmp(text, cases[i].decimal) == 0);
		string_get_size(cases[i].size, cases[i].block, STRING_UNITS_2, text, sizeof(text));
		CHECK(strcmp(text, cases[i].binary) == 0);
	}
	CHECK(strcmp(str_yes_no(true), "yes") == 0 && strcmp(str_plural(1), "") == 0);
}

KM_TESTS(NULL, T(searches_and_comparisons_agree_with_libc), T(copies_agree_with_libc),
	 T(strscpy_closes_the_text_and_tells_when_it_was_cut), T(bytes_are_found_set_and_padded),
	 T(words_are_split_and_trimmed), T(ascii_classes_agree_with_libc),
	 T(sizes_have_three_digits));
