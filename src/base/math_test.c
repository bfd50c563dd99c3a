// SPDX-License-Identifier: MIT
/*
 * math_test.c - rounding, roots, logarithms, wide products, minima and maxima, arithmetic that
 * tells of overflow
 */
#include "test.h"
#include <linux/gcd.h>
#include <linux/kernel.h>
#include <linux/lcm.h>
#include <linux/math64.h>
#include <linux/overflow.h>
#include <linux/unaligned.h>

static void roots_powers_and_divisors_are_exact(void)
{
	for (int i = 0; i < 20000; i++) {
		const unsigned long x = km_test_random() >> km_test_random_below(64);
		const unsigned __int128 root = int_sqrt(x);
		const unsigned long a = km_test_random_below(10000) + 1;
		const unsigned long b = km_test_random_below(10000) + 1;
		const unsigned long common = gcd(a, b);

		CHECK(root * root <= x && (root + 1) * (root + 1) > x);
		CHECK(a % common == 0 && b % common == 0 && gcd(a / common, b / common) == 1);
		CHECK_EQ(lcm(a, b), a / common * b);
	}
	CHECK_EQ(int_pow(3, 20), 3486784401UL);
	CHECK_EQ(int_pow(7, 0), 1);
	CHECK(gcd(0, 5) == 5 && gcd(5, 0) == 5 && lcm(0, 5) == 0);
}

static void logarithms_match_the_shift(void)
{
	for (unsigned int i = 0; i < 63; i++) {
		unsigned long power = 1UL << i;

		CHECK(is_power_of_2(power));
		CHECK_EQ(ilog2(power), i);
		CHECK_EQ(order_base_2(power), i);
		CHECK_EQ(order_base_2(power + 1), i + 1);
		CHECK_EQ(roundup_pow_of_two(power), power);
		CHECK_EQ(rounddown_pow_of_two(power + power / 2), power);
		CHECK_EQ(bits_per(power), i + 1);
	}
	CHECK(!is_power_of_2(0) && !is_power_of_2(12));
	CHECK_EQ(roundup_pow_of_two(33), 64);
	CHECK_EQ(ilog2(4096), 12);
}

static void divisions_round_as_named(void)
{
	u64 n = 1000000007ULL * 10 + 3;
	u32 rem;

	CHECK_EQ(do_div(n, 10), 3);
	CHECK_EQ(n, 1000000007);
	CHECK_EQ(div_u64_rem(103, 10, &rem), 10);
	CHECK_EQ(rem, 3);
	CHECK_EQ(DIV_ROUND_UP(7, 3), 3);
	CHECK_EQ(DIV_ROUND_CLOSEST(7, 2), 4);
	CHECK_EQ(DIV_ROUND_CLOSEST(-7, 2), -4);
	CHECK_EQ(DIV_ROUND_CLOSEST(-6, 4), -2);
	CHECK_EQ(round_up(13, 8), 16);
	CHECK_EQ(round_down(13, 8), 8);
	CHECK_EQ(roundup(13, 5), 15);
	CHECK_EQ(rounddown(13, 5), 10);
	CHECK_EQ(mult_frac(1000000000000UL, 3000000000UL, 1000000000UL), 3000000000000UL);
	CHECK(abs(-3) == 3 && abs((s64)-5) == 5 && abs_diff(3u, 5u) == 2);
	for (int i = 0; i < 5000; i++) {
		const u64 a = km_test_random(), m = km_test_random() >> km_test_random_below(64);
		const u64 d = (km_test_random() >> km_test_random_below(63)) + 1;
		const unsigned __int128 exact = (unsigned __int128)a * m / d;

		CHECK_EQ(mul_u64_u64_div_u64(a, m, d), exact >> 64 ? U64_MAX : (u64)exact);
	}
}

static void minima_and_maxima_keep_their_type(void)
{
	const u8 byte = 200;
	const int minus = -5;
	const size_t big = SIZE_MAX;
	int list[] = { 4, -2, 9 }, a = 1, b = 2;

	CHECK_EQ(min(byte, 300), 200);
	CHECK_EQ(max(minus, byte), 200);
	CHECK_EQ(min(big, 10), 10);
	CHECK_EQ(min_t(unsigned int, minus, 7), 7);
	CHECK_EQ(umin(5u, big), 5);
	CHECK_EQ(clamp(minus, 0, 10), 0);
	CHECK_EQ(clamp_t(long, 50, 0, 10), 10);
	CHECK_EQ(min3(3, 1, 2), 1);
	CHECK_EQ(max3(3, 1, 2), 3);
	CHECK_EQ(min_not_zero(0u, 4u), 4);
	CHECK(min_array(list, ARRAY_SIZE(list)) == -2 && max_array(list, ARRAY_SIZE(list)) == 9);
	CHECK(in_range(5u, 5u, 1u) && !in_range(6u, 5u, 1u) && !in_range(4u, 5u, 1u));
	swap(a, b);
	CHECK(a == 2 && b == 1);
}

static void overflow_is_told_and_sizes_saturate(void)
{
	struct flexible { u32 count; u64 data[]; } *object = NULL;
	DEFINE_FLEX(struct flexible, on_stack, data, count, 3);
	size_t huge = SIZE_MAX / 2 + 1;
	int i;
	u8 byte;
	s8 small;

	CHECK(check_add_overflow(INT_MAX, 1, &i) && i == INT_MIN);
	CHECK(!check_add_overflow(INT_MAX, 0, &i) && i == INT_MAX);
	CHECK(check_sub_overflow((u8)1, (u8)2, &byte) && byte == 255);
	CHECK(check_mul_overflow(16, 16, &byte) && byte == 0);
	CHECK(check_shl_overflow(1, 8, &byte) && !check_shl_overflow(1, 7, &byte) && byte == 128);
	CHECK(check_shl_overflow(1, 7, &small) && check_shl_overflow(1, -1, &i));
	CHECK(check_shl_overflow(1, 32, &i) && check_shl_overflow(-1, 0, &i));
	CHECK(check_shl_overflow(1ULL << 32, 1, &i) && !check_shl_overflow(0, 31, &i) && i == 0);
	CHECK_EQ(size_mul(huge, 2), SIZE_MAX);
	CHECK_EQ(size_add(SIZE_MAX, 1), SIZE_MAX);
	CHECK_EQ(size_sub(3, 4), SIZE_MAX);
	CHECK_EQ(size_sub(SIZE_MAX, 4), SIZE_MAX);
	CHECK_EQ(array3_size(huge, 2, 0), 0);
	CHECK_EQ(array_size(huge, 3), SIZE_MAX);
	CHECK_EQ(struct_size(object, data, 3), sizeof(*object) + 24);
	CHECK_EQ(struct_size(object, data, huge), SIZE_MAX);
	CHECK_EQ(struct_size_t(struct flexible, data, 2), sizeof(*object) + 16);
	CHECK(on_stack->count == 3 && on_stack->data[2] == 0);
	CHECK(overflows_type(256, u8) && !overflows_type(255, u8) && overflows_type(-1, u8));
	CHECK(overflows_type(huge, int) && overflows_type(128, s8) && !overflows_type(-128, s8));
	CHECK(castable_to_type(16, u8) && !castable_to_type(256, u8) && !castable_to_type(huge,
											  int));
	CHECK(type_max(s16) == 32767 && type_min(s16) == -32768 && type_max(u64) == U64_MAX);
	CHECK_EQ(wrapping_add(u8, 250, 10), 4);
}

static void bytes_are_ordered_as_named(void)
{
	static const u8 bytes[] = { 0xff, 0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0 };
	u8 copy[9] = { 0 };

	CHECK_EQ(get_unaligned_be32(bytes + 1), 0x12345678);
	CHECK_EQ(get_unaligned_le32(bytes + 1), 0x78563412);
	CHECK_EQ(get_unaligned_be64(bytes + 1), 0x123456789abcdef0ULL);
	CHECK_EQ(get_unaligned_be24(bytes + 1), 0x123456);
	CHECK_EQ(get_unaligned_le24(bytes + 1), 0x563412);
	put_unaligned_be16(0x1234, copy + 1);
	put_unaligned_le24(0x563412, copy + 3);
	CHECK(copy[1] == 0x12 && copy[2] == 0x34 && copy[3] == 0x12 && copy[5] == 0x56);
	put_unaligned(0x11223344u, (u32 *)(copy + 1));
	CHECK_EQ(get_unaligned((u32 *)(copy + 1)), 0x11223344);
	CHECK(cpu_to_be16(0x1234) == 0x3412 && be32_to_cpu(cpu_to_be32(77)) == 77);
	CHECK(cpu_to_le32(0x12345678) == 0x12345678 && swab64(1) == 1ULL << 56);
}

KM_TESTS(NULL, T(roots_powers_and_divisors_are_exact), T(logarithms_match_the_shift),
	 T(divisions_round_as_named), T(minima_and_maxima_keep_their_type),
	 T(overflow_is_told_and_sizes_saturate), T(bytes_are_ordered_as_named));
