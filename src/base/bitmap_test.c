// SPDX-License-Identifier: MIT
/*
 * bitmap_test.c - bitmaps and searches against an array of truth values; single bits and bit counts
 */
#include "test.h"
#include <linux/bitfield.h>
#include <linux/bitmap.h>
#include <linux/kernel.h>

#define BITS	200

struct plain {
	bool bit[BITS];
};

/* A bitmap with rubbish above nbits (M1), and the same as plain values. */
static void random_map(unsigned long *map, struct plain *ret_plain, unsigned int nbits)
{
	const unsigned int density = (unsigned int)km_test_random_below(5);

	for (unsigned int i = 0; i < BITS_TO_LONGS(BITS) * BITS_PER_LONG; i++) {
		const bool value = density == 0 ? false : density == 4 ? true :
				   km_test_random_below(4) < density;

		__assign_bit(i, map, value);
		if (i < BITS)
			ret_plain->bit[i] = i < nbits && value;
	}
}

static bool is_same(const unsigned long *map, const struct plain *plain, unsigned int nbits)
{
	for (unsigned int i = 0; i < nbits; i++)
		if (test_bit(i, map) != plain->bit[i])
			return false;
	/* The rest of the last word is clear. */
	for (unsigned int i = nbits; i < BITS_TO_LONGS(nbits) * BITS_PER_LONG; i++)
		if (test_bit(i, map))
			return false;
	return true;
}

static void combining_equals_bit_by_bit(void)
{
	DECLARE_BITMAP(a, BITS);
	DECLARE_BITMAP(b, BITS);
	DECLARE_BITMAP(m, BITS);
	DECLARE_BITMAP(out, BITS);
	struct plain pa, pb, pm, p;

	for (int round = 0; round < 3000; round++) {
		const unsigned int nbits = (unsigned int)km_test_random_below(BITS) + 1;
		unsigned int weight = 0, both = 0;
		bool equal = true, subset = true;

		random_map(a, &pa, nbits);
		random_map(b, &pb, nbits);
		random_map(m, &pm, nbits);
		for (unsigned int i = 0; i < nbits; i++) {
			weight += pa.bit[i];
			both += pa.bit[i] && pb.bit[i];
			equal &= pa.bit[i] == pb.bit[i];
			subset &= !pa.bit[i] || pb.bit[i];
		}
		CHECK_EQ(bitmap_weight(a, nbits), weight);
		CHECK_EQ(bitmap_weight_and(a, b, nbits), both);
		CHECK_EQ(bitmap_equal(a, b, nbits), equal);
		CHECK_EQ(bitmap_subset(a, b, nbits), subset);
		CHECK_EQ(bitmap_intersects(a, b, nbits), both != 0);
		CHECK_EQ(bitmap_empty(a, nbits), weight == 0);
		CHECK_EQ(bitmap_full(a, nbits), weight == nbits);

		CHECK_EQ(bitmap_and(out, a, b, nbits), both != 0);
		for (unsigned int i = 0; i < nbits; i++)
			p.bit[i] = pa.bit[i] && pb.bit[i];
		CHECK(is_same(out, &p, nbits));
		CHECK_EQ(bitmap_andnot(out, a, b, nbits), weight != both);
		for (unsigned int i = 0; i < nbits; i++)
			p.bit[i] = pa.bit[i] && !pb.bit[i];
		CHECK(is_same(out, &p, nbits));
		bitmap_or(out, a, b, nbits);
		for (unsigned int i = 0; i < nbits; i++)
			p.bit[i] = pa.bit[i] || pb.bit[i];
		bitmap_xor(m, m, m, nbits);
		CHECK(bitmap_or_equal(a, b, out, nbits));
		bitmap_replace(out, a, b, m, nbits);
		CHECK(is_same(out, &pa, nbits));
		bitmap_complement(m, m, nbits);
		bitmap_replace(out, a, b, m, nbits);
		CHECK(is_same(out, &pb, nbits));
	}
}

static void shifts_move_every_bit(void)
{
	DECLARE_BITMAP(a, BITS);
	struct plain pa, p;

	for (int round = 0; round < 3000; round++) {
		const unsigned int nbits = (unsigned int)km_test_random_below(BITS) + 1;
		const unsigned int shift = (unsigned int)km_test_random_below(nbits + 10);
		const bool to_left = km_test_random() & 1;

		random_map(a, &pa, nbits);
		for (unsigned int i = 0; i < nbits; i++) {
			if (to_left)
				p.bit[i] = i >= shift && pa.bit[i - shift];
			else
				p.bit[i] = i + shift < nbits && pa.bit[i + shift];
		}
		if (to_left)
			bitmap_shift_left(a, a, shift, nbits);
		else
			bitmap_shift_right(a, a, shift, nbits);
		CHECK(is_same(a, &p, nbits));
	}
}

static void searches_find_the_nearest_bit(void)
{
	DECLARE_BITMAP(a, BITS);
	struct plain p;

	for (int round = 0; round < 5000; round++) {
		const unsigned int nbits = (unsigned int)km_test_random_below(BITS) + 1;
		const unsigned int from = (unsigned int)km_test_random_below(nbits + 3);
		unsigned int set, clear, last = nbits, count = 0;
		unsigned long bit;

		random_map(a, &p, nbits);
		for (set = min(from, nbits); set < nbits && !p.bit[set];)
			set++;
		for (clear = min(from, nbits); clear < nbits && p.bit[clear];)
			clear++;
		for (unsigned int i = 0; i < nbits; i++)
			if (p.bit[i])
				last = i;
		CHECK_EQ(find_next_bit(a, nbits, from), set);
		CHECK_EQ(find_next_zero_bit(a, nbits, from), clear);
		CHECK_EQ(find_last_bit(a, nbits), last);
		for_each_set_bit(bit, a, nbits) {
			CHECK(p.bit[bit]);
			CHECK_EQ(find_nth_bit(a, nbits, count), bit);
			count++;
		}
		CHECK_EQ(count, bitmap_weight(a, nbits));
	}
}

static void ranges_and_regions_are_set_and_found(void)
{
	DECLARE_BITMAP(a, BITS);

	bitmap_zero(a, BITS);
	bitmap_set(a, 3, 130);
	CHECK_EQ(bitmap_weight(a, BITS), 130);
	CHECK(!test_bit(2, a) && test_bit(3, a) && test_bit(132, a) && !test_bit(133, a));
	bitmap_clear(a, 60, 10);
	CHECK_EQ(bitmap_weight(a, BITS), 120);
	CHECK_EQ(bitmap_find_next_zero_area(a, BITS, 0, 3, 0), 0);
	CHECK_EQ(bitmap_find_next_zero_area(a, BITS, 0, 5, 0), 60);
	CHECK_EQ(bitmap_find_next_zero_area(a, BITS, 0, 5, 7), 64);
	CHECK_EQ(bitmap_find_next_zero_area(a, BITS, 0, 11, 0), 133);
	CHECK(bitmap_find_next_zero_area(a, BITS, 0, 68, 0) > BITS);
	CHECK_EQ(bitmap_find_free_region(a, BITS, 2), 60);
	CHECK_EQ(bitmap_find_free_region(a, BITS, 2), 64);
	CHECK_EQ(bitmap_allocate_region(a, 64, 2), -EBUSY);
	bitmap_release_region(a, 64, 2);
	CHECK_EQ(bitmap_allocate_region(a, 64, 2), 0);
	CHECK_EQ(bitmap_find_free_region(a, BITS, 7), -ENOMEM);
}

static void single_bits_change_and_tell(void)
{
	unsigned long map[2] = { 0, 0 };

	set_bit(65, map);
	CHECK(map[0] == 0 && map[1] == 2);
	CHECK(test_and_set_bit(65, map) && !test_and_set_bit(0, map));
	CHECK(test_and_clear_bit(65, map) && !test_and_clear_bit(65, map));
	CHECK(!test_and_change_bit(7, map) && test_and_change_bit(7, map));
	change_bit(1, map);
	CHECK_EQ(map[0], 3);
	CHECK(__test_and_clear_bit(1, map) && !__test_and_set_bit(2, map));
	CHECK_EQ(map[0], 5);
	CHECK_EQ(set_mask_bits(&map[0], 4UL, 8UL), 5);
	CHECK_EQ(map[0], 9);
}

static void counts_and_positions_are_those_of_the_word(void)
{
	for (int i = 0; i < 20000; i++) {
		const u64 word = km_test_random() >> km_test_random_below(65) % 64;
		unsigned int weight = 0, first = 0, last = 0;

		for (unsigned int bit = 0; bit < 64; bit++) {
			if (!(word >> bit & 1))
				continue;
			weight++;
			last = bit + 1;
			first = first ? first : bit + 1;
		}
		CHECK_EQ(hweight64(word), weight);
		CHECK_EQ(fls64(word), last);
		CHECK_EQ(ffs((int)word), (u32)word ? first : 0);
		if (!word)
			continue;
		CHECK_EQ(__ffs(word) + 1, first);
		CHECK_EQ(__fls(word) + 1, last);
		CHECK_EQ(fns(word, weight - 1) + 1, last);
		CHECK_EQ(fns(word, weight), 64);
	}
	CHECK_EQ(fls(0), 0);
	CHECK_EQ(fls(0x80000000U), 32);
	CHECK_EQ(rol32(0x80000001U, 1), 3);
	CHECK_EQ(ror8(1, 1), 0x80);
	CHECK_EQ(sign_extend32(0xff, 7), -1);
	CHECK_EQ(GENMASK(7, 4), 0xf0);
	CHECK_EQ(GENMASK_ULL(63, 0), U64_MAX);
}

static void a_wrapped_walk_meets_each_bit_once(void)
{
	DECLARE_BITMAP(map, BITS);
	struct plain plain;

	for (unsigned int turn = 0; turn < 300; turn++) {
		const unsigned int nbits = 1 + (unsigned int)km_test_random_below(BITS);
		const unsigned int start = (unsigned int)km_test_random_below(nbits);
		unsigned long bit, wanted = 0;

		random_map(map, &plain, nbits);
		for_each_set_bit_wrap(bit, map, nbits, start) {
			while (wanted < nbits && !plain.bit[(wanted + start) % nbits])
				wanted++;
			CHECK_EQ(bit, (wanted + start) % nbits);
			wanted++;
		}
		while (wanted < nbits && !plain.bit[(wanted + start) % nbits])
			wanted++;
		CHECK_EQ(wanted, nbits);
		CHECK_EQ(bit, nbits);
	}
}

static void fields_are_cut_out_and_put_in(void)
{
	u32 word = 0xdeadbeef;
	__be16 wire = be16_encode_bits(5, 0x00f0);

	CHECK_EQ(u32_get_bits(word, 0x0ff00000), 0xea);
	CHECK_EQ(u32_replace_bits(word, 0x12, 0x0ff00000), 0xd12dbeef);
	u32p_replace_bits(&word, 0xf, 0x0000000f);
	CHECK_EQ(word, 0xdeadbeef);
	CHECK_EQ(be16_to_cpu(wire), 0x0050);
	CHECK_EQ(be16_get_bits(wire, 0x00f0), 5);
	CHECK_EQ(u64_encode_bits(1, 1ULL << 63), 1ULL << 63);
	CHECK_EQ(u8_get_bits(0xa5, 0xf0), 0xa);
}

KM_TESTS(NULL, T(a_wrapped_walk_meets_each_bit_once), T(fields_are_cut_out_and_put_in),
	 T(combining_equals_bit_by_bit), T(shifts_move_every_bit),
	 T(searches_find_the_nearest_bit), T(ranges_and_regions_are_set_and_found),
	 T(single_bits_change_and_tell), T(counts_and_positions_are_those_of_the_word));
