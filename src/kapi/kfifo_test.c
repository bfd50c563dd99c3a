/* SPDX-License-Identifier: MIT */
/* kfifo_test.c - rings of records: lengths, wrapping around, what does not fit, with a model */
#include <kmalloc/machine.h>
#include <linux/kfifo.h>
#include "test.h"

static void records_come_out_as_they_went_in(void)
{
	STRUCT_KFIFO_REC_1(64) ring;
	char text[16];

	INIT_KFIFO(ring);
	CHECK_EQ(kfifo_recsize(&ring), 1);
	CHECK_EQ(kfifo_in(&ring, "one", 3), 3);
	CHECK_EQ(kfifo_in(&ring, "three", 5), 5);
	CHECK_EQ(kfifo_len(&ring), 10);
	CHECK_EQ(kfifo_peek_len(&ring), 3);
	CHECK_EQ(kfifo_out_peek(&ring, text, sizeof(text)), 3);
	CHECK_EQ(kfifo_out(&ring, text, 2), 2);
	CHECK(memcmp(text, "on", 2) == 0);
	/* The rest of the first is gone. */
	CHECK_EQ(kfifo_peek_len(&ring), 5);
	kfifo_skip(&ring);
	CHECK(kfifo_is_empty(&ring));
	CHECK_EQ(kfifo_peek_len(&ring), 0);
	CHECK_EQ(kfifo_out(&ring, text, sizeof(text)), 0);
}

static void what_has_no_room_is_not_put_in(void)
{
	STRUCT_KFIFO_REC_2(16) ring;
	char text[16] = "";

	INIT_KFIFO(ring);
	CHECK_EQ(kfifo_avail(&ring), 14);
	CHECK_EQ(kfifo_in(&ring, text, 15), 0);
	CHECK_EQ(kfifo_in(&ring, text, 14), 14);
	CHECK_EQ(kfifo_avail(&ring), 0);
	CHECK(kfifo_is_full(&ring));
	CHECK_EQ(kfifo_in(&ring, text, 0), 0);
	CHECK_EQ(kfifo_out(&ring, text, 16), 14);
}

static void random_records_agree_with_a_model(void)
{
	struct kfifo_rec_ptr_2 ring;
	u8 lengths[128], record[64], first[128];
	unsigned int begin = 0, end = 0, bytes;

	CHECK_EQ(kfifo_alloc(&ring, 256, GFP_KERNEL), 0);
	for (int step = 0; step < 20000; step++) {
		unsigned int at = km_test_random_below(2) ? begin % 128 : end % 128;

		bytes = 1 + (unsigned int)km_test_random_below(sizeof(record));
		if (km_test_random_below(2)) {
			memset(record, (u8)step, bytes);
			at = end % 128;
			if (kfifo_avail(&ring) < bytes) {
				CHECK_EQ(kfifo_in(&ring, record, bytes), 0);
				continue;
			}
			CHECK_EQ(kfifo_in(&ring, record, bytes), bytes);
			lengths[at] = (u8)bytes;
			first[at] = (u8)step;
			end++;
		} else if (begin != end) {
			at = begin++ % 128;
			CHECK_EQ(kfifo_peek_len(&ring), lengths[at]);
			CHECK_EQ(kfifo_out(&ring, record, sizeof(record)), lengths[at]);
			CHECK(record[0] == first[at] && record[lengths[at] - 1] == first[at]);
		}
	}
	kfifo_free(&ring);
}

static void elements_are_no_records(void)
{
	DECLARE_KFIFO(ring, u32, 8);
	u32 value;

	INIT_KFIFO(ring);
	CHECK_EQ(kfifo_recsize(&ring), 0);
	CHECK_EQ(kfifo_put(&ring, 5), 1);
	CHECK_EQ(kfifo_put(&ring, 6), 1);
	CHECK_EQ(kfifo_peek_len(&ring), 8);
	CHECK_EQ(kfifo_avail(&ring), 6);
	CHECK(kfifo_get(&ring, &value) && value == 5);
	kfifo_skip(&ring);
	CHECK(kfifo_is_empty(&ring));
}

static int setup(void)
{
	static const struct km_config config = { .watch_all = true };

	return km_machine_boot(&config);
}

KM_TESTS(setup, T(records_come_out_as_they_went_in), T(what_has_no_room_is_not_put_in),
	 T(random_records_agree_with_a_model), T(elements_are_no_records));
