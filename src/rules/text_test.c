/* SPDX-License-Identifier: MIT */
/*
 * text_test.c - the checked forms give what the plain ones give, and tell what goes over the edge
 */
#include <linux/sprintf.h>
#include "rules/rules_test.h"

char *km_checked_strcpy(char *dest, const char *src);
char *km_checked_strncpy(char *dest, const char *src, size_t count);
char *km_checked_strcat(char *dest, const char *src);
char *km_checked_strncat(char *dest, const char *src, size_t count);
size_t km_checked_strlcat(char *dest, const char *src, size_t count);
ssize_t km_checked_sized_strscpy(char *dest, const char *src, size_t count);
size_t km_checked_strlen(const char *s);
int km_checked_strcmp(const char *a, const char *b);
int km_checked_strncmp(const char *a, const char *b, size_t count);
void *km_checked_memchr(const void *s, int c, size_t n);
int km_checked_snprintf(char *buf, size_t size, const char *fmt, ...);
int km_checked_scnprintf(char *buf, size_t size, const char *fmt, ...);
int km_checked_sprintf(char *buf, const char *fmt, ...);

static const char text[] = "twelve chars";

static void the_results_are_the_plain_ones(void)
{
	char checked[64], plain[64];

	told_clear();
	memset(checked, 1, sizeof(checked));
	memset(plain, 1, sizeof(plain));
	km_checked_strcpy(checked, text);
	strcpy(plain, text);
	km_checked_strcat(checked, text);
	strcat(plain, text);
	km_checked_strncat(checked, "abcdef", 3);
	strncat(plain, "abcdef", 3);
	CHECK_EQ(km_checked_strlcat(checked, text, 32), strlcat(plain, text, 32));
	CHECK(!memcmp(checked, plain, 64));
	km_checked_strncpy(checked, "ab", 10);
	strncpy(plain, "ab", 10);
	CHECK_EQ(km_checked_sized_strscpy(checked + 20, text, 5),
		 sized_strscpy(plain + 20, text, 5));
	CHECK_EQ(km_checked_sized_strscpy(checked + 40, text, 20),
		 sized_strscpy(plain + 40, text, 20));
	CHECK(!memcmp(checked, plain, 64));
	CHECK_EQ(km_checked_strlen(text), 12);
	CHECK(km_checked_strcmp("abc", "abd") < 0 && km_checked_strcmp("abc", "abc") == 0);
	CHECK(km_checked_strncmp("abc", "abd", 2) == 0 && km_checked_strncmp("b", "abd", 2) > 0);
	CHECK(km_checked_memchr(text, 'v', 12) == text + 4 && !km_checked_memchr(text, 'v', 3));
	CHECK_EQ(told_count, 0);
}

static void formats_are_the_plain_ones(void)
{
	char checked[64], plain[64];

	told_clear();
	for (size_t size = 0; size < 40; size++) {
		memset(checked, 1, sizeof(checked));
		memset(plain, 1, sizeof(plain));
		CHECK_EQ(km_checked_snprintf(checked, size, "%s %d %#x", text, -7, 255),
			 snprintf(plain, size, "%s %d %#x", text, -7, 255));
		CHECK_EQ(km_checked_scnprintf(checked, size, "%s/%llu", text, 1ull << 40),
			 scnprintf(plain, size, "%s/%llu", text, 1ull << 40));
		CHECK(!memcmp(checked, plain, 64));
	}
	CHECK_EQ(km_checked_sprintf(checked, "%d", 12345), 5);
	CHECK(!strcmp(checked, "12345"));
	CHECK_EQ(told_count, 0);
}

/* Each writer gets 12 bytes for a text of 12 and its 0; what lies behind must not change. */
static void the_closing_zero_is_over_the_edge(void)
{
	for (unsigned int which = 0; which < 6; which++) {
		char *object = kzalloc(12, GFP_KERNEL), behind = object[12];

		told_clear();
		switch (which) {
		case 0: km_checked_strcpy(object, text); break;
		case 1: km_checked_sprintf(object, "%s", text); break;
		case 2: km_checked_snprintf(object, 64, "%s", text); break;
		case 3: km_checked_strcat(object, text); break;
		case 4: km_checked_strncpy(object, text, 13); break;
		default: km_checked_sized_strscpy(object, text, 64); break;
		}
		CHECK_TOLD("out-of-bounds",
			   "Write of size 13 at 0 bytes to the right of allocated 12-byte region");
		CHECK_EQ(object[12], behind);
		kfree(object);
	}
}

static void text_without_its_zero_is_over_the_edge(void)
{
	char *object = kmalloc(12, GFP_KERNEL);

	memset(object, 'x', 12);
	told_clear();
	km_checked_strlen(object);
	CHECK(told_count == 1 && !strcmp(told_rule, "out-of-bounds"));
	kfree(object);
	told_clear();
	km_checked_strcmp(object, "xx");
	CHECK(told_count >= 1 && !strcmp(told_rule, "use-after-free"));
}

KM_TESTS(rules_setup,
	T(the_results_are_the_plain_ones),
	T(formats_are_the_plain_ones),
	T(the_closing_zero_is_over_the_edge),
	T(text_without_its_zero_is_over_the_edge));
