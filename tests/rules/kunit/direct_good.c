/* SPDX-License-Identifier: MIT */
/* direct_bad.c put right */
#include <kunit/test.h>
#include <linux/slab.h>

struct frame {
	unsigned short length;
	unsigned char kind;
};

static size_t frame_bytes(const struct frame *frame)
{
	return sizeof(*frame) + frame->length;
}

static void a_frame_has_its_payload(struct kunit *test)
{
	struct frame *frame = kunit_kzalloc(test, sizeof(*frame), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, frame);
	frame->length = 7;
	KUNIT_EXPECT_EQ_MSG(test, frame_bytes(frame), sizeof(*frame) + 7, "for 7 bytes");
}

static struct kunit_case cases[] = { KUNIT_CASE(a_frame_has_its_payload), {} };
static struct kunit_suite suite = { .name = "frames", .test_cases = cases };
kunit_test_suite(suite);
