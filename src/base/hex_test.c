// SPDX-License-Identifier: MIT
/* hex_test.c - digits and bytes, both ways; lines of a hex dump */
#include "test.h"
#include <linux/kernel.h>
#include <linux/string.h>

static void digits_become_bytes_and_bytes_digits(void)
{
	u8 bytes[4] = { 1, 2, 3, 4 }, mac[6];
	char text[9] = "";

	CHECK_EQ(hex_to_bin('9'), 9);
	CHECK_EQ(hex_to_bin('f'), 15);
	CHECK_EQ(hex_to_bin('A'), 10);
	for (int c = 0; c < 256; c++)
		CHECK_EQ(hex_to_bin((u8)c) >= 0, c && strchr("0123456789abcdefABCDEF", c) != NULL);
	CHECK_EQ(hex2bin(bytes, "00aBfF10", 4), 0);
	CHECK(memcmp(bytes, "\x00\xab\xff\x10", 4) == 0);
	CHECK_EQ(hex2bin(bytes, "0g", 1), -EINVAL);
	CHECK_EQ(hex2bin(bytes, "0", 1), -EINVAL);
	CHECK(bin2hex(text, bytes, 4) == text + 8 && strcmp(text, "00abff10") == 0);
	CHECK(mac_pton("00:1b:21:ab:CD:ef", mac) && memcmp(mac, "\x00\x1b\x21\xab\xcd\xef",
							   6) == 0);
	CHECK(!mac_pton("00:1b:21:ab:cd", mac) && !mac_pton("00-1b-21-ab-cd-ef", mac));
}

static void dump_lines_have_the_kernels_columns(void)
{
	static const char bytes[] = "0123456789abcde\n";
	char line[80];

	CHECK_EQ(hex_dump_to_buffer(bytes, 16, 16, 1, line, sizeof(line), true), 65);
	CHECK(strcmp(line, "30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 0a  "
			   "0123456789abcde.") == 0);
	CHECK_EQ(hex_dump_to_buffer(bytes, 3, 16, 1, line, sizeof(line), true), 52);
	CHECK(strcmp(line, "30 31 32                                         012") == 0);
	CHECK_EQ(hex_dump_to_buffer(bytes, 8, 16, 4, line, sizeof(line), false), 17);
	CHECK(strcmp(line, "33323130 37363534") == 0);
	CHECK_EQ(hex_dump_to_buffer(bytes, 6, 16, 4, line, sizeof(line), false), 17);
	CHECK(strcmp(line, "30 31 32 33 34 35") == 0);
	CHECK_EQ(hex_dump_to_buffer(bytes, 0, 16, 1, line, sizeof(line), true), 0);
	CHECK(strcmp(line, "") == 0);
}

static void a_short_buffer_cuts_the_line(void)
{
	static const u8 bytes[32] = { 'a', 'b', 'c' };
	char whole[160], part[160];

	for (int i = 0; i < 3000; i++) {
		const int row = km_test_random() & 1 ? 16 : 32;
		const int group = 1 << km_test_random_below(4);
		const size_t len = km_test_random_below(33), room = km_test_random_below(150);
		const bool ascii = km_test_random() & 1;
		const int full = hex_dump_to_buffer(bytes, len, row, group, whole, sizeof(whole),
						    ascii);

		memset(part, 'z', sizeof(part));
		CHECK_EQ(full, strlen(whole));
		CHECK_EQ(hex_dump_to_buffer(bytes, len, row, group, part, room, ascii), full);
		CHECK(!memchr_inv(part + room, 'z', sizeof(part) - room));
		if (room)
			CHECK(strlen(part) == min((size_t)full, room - 1) &&
			      strncmp(part, whole, strlen(part)) == 0);
	}
}

KM_TESTS(NULL, T(digits_become_bytes_and_bytes_digits), T(dump_lines_have_the_kernels_columns),
	 T(a_short_buffer_cuts_the_line));
