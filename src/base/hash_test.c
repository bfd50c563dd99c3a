// SPDX-License-Identifier: MIT
/* hash_test.c - hashes against published values; the seeded generator against its own */
#include "test.h"
#include <linux/hash.h>
#include <linux/jhash.h>
#include <linux/kernel.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/stringhash.h>

/* The values that lookup3.c prints for itself. */
static void jenkins_hashes_have_the_published_values(void)
{
	static const char text[] = "Four score and seven years ago";
	const u32 words[] = { 1, 2, 3, 4, 5 };

	CHECK_EQ(jhash("", 0, 0), 0xdeadbeef);
	CHECK_EQ(jhash(text, 30, 0), 0x17770551);
	CHECK_EQ(jhash(text, 30, 1), 0xcd628161);
	/* The key's alignment does not matter, and words are bytes. */
	for (u32 len = 0; len < 20; len += 4)
		CHECK_EQ(jhash(words, len, 7), jhash2(words, len / 4, 7));
	CHECK_EQ(jhash_3words(1, 2, 3, 7), jhash2(words, 3, 7));
	CHECK_EQ(jhash_2words(1, 2, 7), jhash2(words, 2, 7));
	CHECK_EQ(jhash_1word(1, 7), jhash2(words, 1, 7));
}

static void golden_ratio_hashes_use_the_high_bits(void)
{
	CHECK_EQ(hash_32(1, 32), GOLDEN_RATIO_32);
	CHECK_EQ(hash_64(1, 8), GOLDEN_RATIO_64 >> 56);
	CHECK_EQ(hash_32(12345, 8), (12345u * GOLDEN_RATIO_32) >> 24);
	CHECK(hash_ptr((void *)0x1000, 10) < 1024);
}

static void names_hash_by_salt_and_length(void)
{
	static const int salt;
	const u64 packed = hashlen_string(&salt, "name");

	CHECK_EQ(hashlen_len(packed), 4);
	CHECK_EQ(hashlen_hash(packed), full_name_hash(&salt, "name", 4));
	CHECK(full_name_hash(&salt, "name", 4) != full_name_hash(&salt, "nam", 3));
	CHECK(full_name_hash(NULL, "name", 4) != full_name_hash(&salt, "name", 4));
}

static void the_generator_is_the_published_one(void)
{
	/* Its self-test: components seeded by 69069, ten steps, then the value. */
	static const struct { u32 seed, value; } cases[] = {
		{ 1, 3484351685U }, { 2, 2623130059U }, { 3, 3125133893U }, { 4, 984847254U },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct rnd_state state;
		u32 value = 0;

		state.s1 = cases[i].seed * 69069U;
		state.s2 = state.s1 * 69069U;
		state.s3 = state.s2 * 69069U;
		state.s4 = state.s3 * 69069U;
		for (int step = 0; step < 11; step++)
			value = prandom_u32_state(&state);
		CHECK_EQ(value, cases[i].value);
	}
}

static void equal_seeds_give_equal_numbers(void)
{
	struct rnd_state a, b;
	u8 bytes[11] = { 0 };

	prandom_seed_state(&a, 5);
	prandom_seed_state(&b, 5);
	for (int i = 0; i < 100; i++)
		CHECK_EQ(prandom_u32_state(&a), prandom_u32_state(&b));
	prandom_seed_state(&b, 6);
	CHECK(prandom_u32_state(&a) != prandom_u32_state(&b));
	prandom_seed_state(&a, 0);
	CHECK(a.s1 > 1 && a.s2 > 7 && a.s3 > 15 && a.s4 > 127);
	prandom_bytes_state(&a, bytes, 10);
	CHECK(bytes[10] == 0 && memchr_inv(bytes, 0, 10));
}

KM_TESTS(NULL, T(jenkins_hashes_have_the_published_values),
	 T(golden_ratio_hashes_use_the_high_bits),
	 T(names_hash_by_salt_and_length), T(the_generator_is_the_published_one),
	 T(equal_seeds_give_equal_numbers));
