/* SPDX-License-Identifier: MIT */
/* upper_test.h - what the tests of the time, interrupt and work half share */
#ifndef KERN_UPPER_TEST_H
#define KERN_UPPER_TEST_H

#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/irqflags.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <kern/kern.h>
#include <kern/parts.h>
#include <watch/watch.h>
#include <test.h>

static inline int upper_setup(void)
{
	int ret = km_port_boot(&kern_port_hooks);

	return ret ? ret : kern_boot();
}

/* Waits, asleep, until @condition holds; a second at most. */
#define WAIT_FOR(condition)								\
	do {										\
		unsigned int ms_;							\
		for (ms_ = 0; ms_ < 1000 && !(condition); ms_++)			\
			msleep(1);							\
		CHECK(condition);							\
	} while (0)

#define GET(x)		__atomic_load_n(&(x), __ATOMIC_SEQ_CST)
#define SET(x, v)	__atomic_store_n(&(x), (v), __ATOMIC_SEQ_CST)
#define ADD(x, v)	__atomic_add_fetch(&(x), (v), __ATOMIC_SEQ_CST)

/* Events of one point while a listener is armed: how often, and the last one's text. */
static struct upper_seen {
	unsigned int count;
	char what[256];
	enum km_verdict answer;
} upper_seen[KM_POINTS] __maybe_unused;

static __maybe_unused enum km_verdict upper_see(const struct km_event *event)
{
	struct upper_seen *seen = &upper_seen[event->point];

	ADD(seen->count, 1);
	strscpy(seen->what, event->what ? event->what : "", sizeof(seen->what));
	return seen->answer;
}

static __maybe_unused void upper_listen(u32 points)
{
	static struct km_rule rule;
	static const struct km_rule *rules[] = { &rule };

	memset(upper_seen, 0, sizeof(upper_seen));
	rule = (struct km_rule){ .points = points, .see = upper_see };
	watch_arm(rules, points ? 1 : 0);
}

#endif
