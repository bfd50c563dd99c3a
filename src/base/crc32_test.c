/* SPDX-License-Identifier: MIT */
/* crc32_test.c - the check values that are published for "123456789" */
#include <linux/crc32.h>
#include <linux/crc32c.h>
#include "test.h"

static void the_published_values_come_out(void)
{
	static const char digits[] = "123456789";

	CHECK_EQ(~crc32_le(~0u, digits, 9), 0xcbf43926u);
	CHECK_EQ(~crc32_be(~0u, digits, 9), 0xfc891918u);
	CHECK_EQ(~crc32c(~0u, digits, 9), 0xe3069283u);
}

static void a_sum_goes_on_where_it_stopped(void)
{
	static const char digits[] = "123456789";

	CHECK_EQ(crc32_le(crc32_le(~0u, digits, 4), digits + 4, 5), crc32_le(~0u, digits, 9));
	CHECK_EQ(crc32_be(crc32_be(5, digits, 1), digits + 1, 8), crc32_be(5, digits, 9));
	CHECK_EQ(crc32_le(7, digits, 0), 7);
}

KM_TESTS(NULL, T(the_published_values_come_out), T(a_sum_goes_on_where_it_stopped));
