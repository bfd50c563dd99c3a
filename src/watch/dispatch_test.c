/* SPDX-License-Identifier: MIT */
/* dispatch_test.c - order, precedence, depth and arming of the door */
#include "watch/watch.h"
#include "test.h"

static unsigned int seen[4];
static unsigned int sequence[8], sequence_count;
static enum km_verdict answers[4];
static unsigned int inner_left;

static enum km_verdict note(unsigned int who)
{
	seen[who]++;
	if (sequence_count < 8)
		sequence[sequence_count++] = who;
	return answers[who];
}

static enum km_verdict see_first(const struct km_event *event) { return note(0); }
static enum km_verdict see_second(const struct km_event *event) { return note(1); }

/* Sets off an outer event, which nobody may see, and an inner one, which everybody sees. */
static enum km_verdict see_and_cause(const struct km_event *event)
{
	struct km_event outer = { .point = KM_POINT_ALLOC_DONE };
	struct km_event inner = { .point = KM_POINT_SLAB_NEW };

	note(2);
	watch_tell(&outer);
	if (inner_left) {
		inner_left--;
		watch_tell_inner(&inner);
	}
	return KM_GO;
}

static const struct km_rule first = { .id = "first", .see = see_first,
	.points = 1u << KM_POINT_ALLOC_ASK | 1u << KM_POINT_FREE_ASK |
		  1u << KM_POINT_MIGHT_SLEEP | 1u << KM_POINT_ALLOC_DONE };
static const struct km_rule second = { .id = "second", .see = see_second,
	.points = 1u << KM_POINT_ALLOC_ASK | 1u << KM_POINT_FREE_ASK |
		  1u << KM_POINT_MIGHT_SLEEP | 1u << KM_POINT_SLAB_NEW };
static const struct km_rule causing = { .id = "causing", .see = see_and_cause,
	.points = 1u << KM_POINT_FREE_ZERO | 1u << KM_POINT_SLAB_NEW };
static const struct km_rule silent = { .id = "silent", .points = 1u << KM_POINT_BUG };

static void arm(const struct km_rule *a, const struct km_rule *b, const struct km_rule *c)
{
	const struct km_rule *list[3] = { a, b, c };
	unsigned int count = !!a + !!b + !!c;

	for (unsigned int i = 0; i < 4; i++) {
		seen[i] = 0;
		answers[i] = KM_GO;
	}
	sequence_count = 0;
	watch_arm(list, count);
}

static enum km_verdict tell(enum km_point point)
{
	struct km_event event = { .point = point };

	return watch_tell(&event);
}

static void nobody_listens_when_nothing_is_armed(void)
{
	watch_arm(NULL, 0);
	for (unsigned int point = 0; point < KM_POINTS; point++)
		CHECK(!watch_wants(point));
	CHECK_EQ(tell(KM_POINT_ALLOC_ASK), KM_GO);
}

static void wanted_points_are_the_union(void)
{
	arm(&first, &causing, NULL);
	CHECK_EQ(watch_points, first.points | causing.points);
	CHECK(watch_wants(KM_POINT_FREE_ZERO));
	CHECK(!watch_wants(KM_POINT_BUG));
	arm(&silent, NULL, NULL);
	CHECK_EQ(watch_points, 0);
	watch_arm(NULL, 0);
}

static void rules_are_asked_in_order(void)
{
	arm(&first, &second, NULL);
	tell(KM_POINT_ALLOC_ASK);
	arm(&second, &first, NULL);
	sequence_count = 0;
	tell(KM_POINT_ALLOC_ASK);
	CHECK_EQ(sequence[0], 1);
	CHECK_EQ(sequence[1], 0);
	watch_arm(NULL, 0);
}

static void first_verdict_wins_and_ends_the_row(void)
{
	arm(&first, &second, NULL);
	answers[0] = KM_REFUSE;
	answers[1] = KM_TAKE;
	CHECK_EQ(tell(KM_POINT_FREE_ASK), KM_REFUSE);
	CHECK_EQ(seen[1], 0);
	answers[0] = KM_GO;
	CHECK_EQ(tell(KM_POINT_FREE_ASK), KM_TAKE);
	CHECK_EQ(seen[1], 1);
	watch_arm(NULL, 0);
}

static void verdicts_are_ignored_where_the_point_obeys_none(void)
{
	arm(&first, &second, NULL);
	answers[0] = KM_REFUSE;
	CHECK_EQ(tell(KM_POINT_MIGHT_SLEEP), KM_GO);
	CHECK_EQ(seen[1], 1);
	answers[0] = KM_TAKE;
	CHECK_EQ(tell(KM_POINT_ALLOC_ASK), KM_GO);
	CHECK_EQ(seen[1], 2);
	watch_arm(NULL, 0);
}

static void only_the_outermost_call_is_told(void)
{
	arm(&first, &second, NULL);
	watch_enter();
	CHECK_EQ(tell(KM_POINT_ALLOC_ASK), KM_GO);
	CHECK_EQ(seen[0], 0);
	watch_leave();
	CHECK(watch_is_outer());
	tell(KM_POINT_ALLOC_ASK);
	CHECK_EQ(seen[0], 1);
	watch_arm(NULL, 0);
}

static void a_rule_hears_only_inner_points_of_its_own_doing(void)
{
	arm(&causing, &first, &second);
	inner_left = 1;
	tell(KM_POINT_FREE_ZERO);
	CHECK_EQ(seen[2], 2);	/* FREE_ZERO, then SLAB_NEW of its own */
	CHECK_EQ(seen[1], 1);	/* second saw SLAB_NEW */
	CHECK_EQ(seen[0], 0);	/* first saw no ALLOC_DONE */
	CHECK(watch_is_outer());
	watch_arm(NULL, 0);
}

static const struct km_port_hooks hooks = { .thread_bytes = 4096 };

static int setup(void)
{
	return km_port_boot(&hooks);
}

KM_TESTS(setup,
	T(nobody_listens_when_nothing_is_armed),
	T(wanted_points_are_the_union),
	T(rules_are_asked_in_order),
	T(first_verdict_wins_and_ends_the_row),
	T(verdicts_are_ignored_where_the_point_obeys_none),
	T(only_the_outermost_call_is_told),
	T(a_rule_hears_only_inner_points_of_its_own_doing));
