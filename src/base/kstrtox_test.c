// SPDX-License-Identifier: MIT
/*
 * kstrtox_test.c - what is a number, what is not, what does not fit; round trips with the formatter
 */
#include "test.h"
#include <linux/kernel.h>
#include <linux/string.h>

static void whole_texts_are_numbers_or_nothing(void)
{
	static const struct {
		const char *text;
		unsigned int base;
		int error;
		u64 value;
	} cases[] = {
		{ "0", 10, 0, 0 }, { "42\n", 10, 0, 42 }, { "+42", 0, 0, 42 }, { "0x2a", 0, 0, 42 },
		{ "0X2A", 16, 0, 42 }, { "2a", 16, 0, 42 }, { "052", 0, 0, 42 }, { "0", 0, 0, 0 },
		{ "18446744073709551615", 10, 0, U64_MAX },
		{ "18446744073709551616", 10, -ERANGE, 0 }, { "0x10000000000000000", 0, -ERANGE,
		0 }, { "", 10, -EINVAL, 0 }, { "-1", 10, -EINVAL, 0 }, { " 1", 10, -EINVAL, 0 },
		{ "1 ", 10, -EINVAL, 0 }, { "1\n\n", 10, -EINVAL, 0 }, { "0x", 16, -EINVAL, 0 },
		{ "08", 0, -EINVAL, 0 }, { "1a", 10, -EINVAL, 0 }, { "\n", 10, -EINVAL, 0 },
		{ "+", 10, -EINVAL, 0 }, { "++1", 10, -EINVAL, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		unsigned long long value = 77;

		CHECK_EQ(kstrtoull(cases[i].text, cases[i].base, &value), cases[i].error);
		CHECK_EQ(value, cases[i].error ? 77 : cases[i].value);
	}
}

static void each_width_has_its_range(void)
{
	long long wide = 0;
	int i = 5;
	u8 b = 5;
	s8 sb = 5;
	u16 w;
	s16 sw;
	unsigned int u;

	CHECK_EQ(kstrtoll("-9223372036854775808", 10, &wide), 0);
	CHECK_EQ(wide, LLONG_MIN);
	CHECK_EQ(kstrtoll("9223372036854775808", 10, &wide), -ERANGE);
	CHECK_EQ(kstrtoll("-9223372036854775809", 10, &wide), -ERANGE);
	CHECK_EQ(kstrtoint("-2147483648", 10, &i), 0);
	CHECK_EQ(i, INT_MIN);
	CHECK_EQ(kstrtoint("2147483648", 10, &i), -ERANGE);
	CHECK_EQ(kstrtouint("4294967295", 10, &u), 0);
	CHECK_EQ(kstrtouint("4294967296", 10, &u), -ERANGE);
	CHECK_EQ(kstrtou8("255", 10, &b), 0);
	CHECK_EQ(kstrtou8("256", 10, &b), -ERANGE);
	CHECK_EQ(b, 255);
	CHECK_EQ(kstrtos8("-128", 10, &sb), 0);
	CHECK_EQ(kstrtos8("-129", 10, &sb), -ERANGE);
	CHECK_EQ(kstrtou16("65536", 10, &w), -ERANGE);
	CHECK_EQ(kstrtos16("-32769", 10, &sw), -ERANGE);
}

static void what_is_printed_reads_back(void)
{
	for (int i = 0; i < 20000; i++) {
		const u64 value = km_test_random() >> km_test_random_below(64);
		unsigned long long back;
		long long signed_back;
		char text[32];

		sprintf(text, "%llu", value);
		CHECK(kstrtoull(text, 10, &back) == 0 && back == value);
		sprintf(text, "%#llx", value);
		CHECK(kstrtoull(text, 0, &back) == 0 && back == value);
		sprintf(text, "%#llo", value);
		CHECK(kstrtoull(text, 0, &back) == 0 && back == value);
		sprintf(text, "%lld\n", (long long)value);
		CHECK(kstrtoll(text, 10, &signed_back) == 0 && (u64)signed_back == value);
		CHECK_EQ(simple_strtoll(text, NULL, 10), value);
	}
}

static void truth_values_and_sizes_are_read(void)
{
	static const char *const yes[] = { "y", "Yes", "1", "t", "on", "ON\n" };
	static const char *const no[] = { "n", "No", "0", "f", "off" };
	char *end;
	bool b;

	for (size_t i = 0; i < ARRAY_SIZE(yes); i++)
		CHECK(kstrtobool(yes[i], &b) == 0 && b);
	for (size_t i = 0; i < ARRAY_SIZE(no); i++)
		CHECK(kstrtobool(no[i], &b) == 0 && !b);
	CHECK_EQ(kstrtobool("ox", &b), -EINVAL);
	CHECK_EQ(kstrtobool("", &b), -EINVAL);
	CHECK_EQ(kstrtobool(NULL, &b), -EINVAL);
	CHECK_EQ(memparse("16M@1G", &end), 16 << 20);
	CHECK(strcmp(end, "@1G") == 0);
	CHECK_EQ(memparse("0x10k", &end), 16384);
	CHECK_EQ(simple_strtoul("12abc", &end, 10), 12);
	CHECK(strcmp(end, "abc") == 0);
}

static void option_lists_are_read(void)
{
	int ints[6], count;
	char *end = get_options("3,5-7,-2x", ARRAY_SIZE(ints), ints);

	CHECK(strcmp(end, "x") == 0);
	CHECK_EQ(ints[0], 5);
	CHECK(ints[1] == 3 && ints[2] == 5 && ints[3] == 6 && ints[4] == 7 && ints[5] == -2);
	get_options("1,2,3,4,5,6,7", ARRAY_SIZE(ints), ints);
	CHECK_EQ(ints[0], 5);
	get_options("1,2-4", 0, &count);
	CHECK_EQ(count, 4);
}

KM_TESTS(NULL, T(whole_texts_are_numbers_or_nothing), T(each_width_has_its_range),
	 T(what_is_printed_reads_back), T(truth_values_and_sizes_are_read),
	 T(option_lists_are_read));
