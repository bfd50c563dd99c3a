// SPDX-License-Identifier: MIT
/* assert_test.c - what a broken invariant prints, and that it ends there */
#include "base/assert.h"
#include "test.h"
#include <linux/string.h>

static void *way_back[5];
static char text[256];

/* Leaves by the way back, since it must not return. */
static void keep_text(const char *given, size_t bytes)
{
	memcpy(text, given, bytes);
	text[bytes] = '\0';
	__builtin_longjmp(way_back, 1);
}

/* The text that @broken ends with; "" if it came to its end. */
static noinline const char *end_of(void (*broken)(void))
{
	void (*before)(const char *, size_t) = assert_stop;

	text[0] = '\0';
	assert_stop = keep_text;
	if (__builtin_setjmp(way_back) == 0)
		broken();
	assert_stop = before;
	return text;
}

static volatile int two = 2;

static void claims_truth(void)
{
	KM_ASSERT(two == 2, "B1");
	KM_ASSERT_EQ(two, 2, "B1");
}

static void claims_falsehood(void)
{
	KM_ASSERT(two == 3, "B1");
}

static void claims_wrong_value(void)
{
	KM_ASSERT_EQ(two, 3, "B2");
}

static void the_expression_the_values_and_the_id_are_printed(void)
{
	CHECK(strcmp(end_of(claims_truth), "") == 0);
	CHECK(strstr(end_of(claims_falsehood), "invariant B1 broken: two == 3\n") != NULL);
	CHECK(strstr(text, "assert_test.c:") != NULL);
	CHECK(strstr(end_of(claims_wrong_value), "B2 broken: two == 3 (0x2, 0x3)\n") != NULL);
}

KM_TESTS(NULL, T(the_expression_the_values_and_the_id_are_printed));
