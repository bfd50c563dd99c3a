// SPDX-License-Identifier: MIT
/* refcount_test.c - atomics, refcount_t, kref, seqlock */
#include <linux/atomic.h>
#include <linux/kref.h>
#include <linux/refcount.h>
#include <linux/seqlock.h>
#include <kern/kern_test.h>

static void atomics_return_what_they_promise(void)
{
	atomic_t v = ATOMIC_INIT(5);
	int expected = 4;

	CHECK_EQ(atomic_add_return(3, &v), 8);
	CHECK_EQ(atomic_fetch_add(2, &v), 8);
	CHECK_EQ(atomic_sub_return_acquire(1, &v), 9);
	CHECK_EQ(atomic_fetch_inc_relaxed(&v), 9);
	CHECK_EQ(atomic_dec_return_release(&v), 9);
	CHECK_EQ(atomic_xchg(&v, 4), 9);
	CHECK_EQ(atomic_cmpxchg(&v, 3, 1), 4);
	CHECK(atomic_try_cmpxchg(&v, &expected, 6));
	CHECK(!atomic_try_cmpxchg(&v, &expected, 7));
	CHECK_EQ(expected, 6);
	CHECK_EQ(atomic_fetch_or(9, &v), 6);
	CHECK_EQ(atomic_fetch_and(12, &v), 15);
	CHECK_EQ(atomic_fetch_xor(5, &v), 12);
	CHECK_EQ(atomic_fetch_andnot(1, &v), 9);
	CHECK_EQ(atomic_read(&v), 8);
	CHECK(!atomic_sub_and_test(7, &v));
	CHECK(atomic_dec_and_test(&v));
	CHECK(atomic_add_negative(-1, &v));
	CHECK(atomic_inc_and_test(&v));
	CHECK(!atomic_inc_not_zero(&v));
	CHECK_EQ(atomic_fetch_add_unless(&v, 2, 1), 0);
	CHECK(atomic_inc_not_zero(&v));
	CHECK_EQ(atomic_dec_if_positive(&v), 2);
	atomic_set(&v, 0);
	CHECK_EQ(atomic_dec_if_positive(&v), -1);
	CHECK_EQ(atomic_read(&v), 0);
	CHECK(atomic_inc_unless_negative(&v));
	CHECK(!atomic_dec_unless_positive(&v));
}

static void wide_atomics_are_wide(void)
{
	atomic64_t v = ATOMIC64_INIT(1LL << 40);
	atomic_long_t l = ATOMIC_LONG_INIT(-1);
	long old = -1;

	CHECK_EQ(atomic64_add_return(1, &v), (1LL << 40) + 1);
	CHECK_EQ(atomic64_fetch_sub(1LL << 40, &v), (1LL << 40) + 1);
	CHECK_EQ(atomic64_read(&v), 1);
	CHECK(atomic_long_try_cmpxchg(&l, &old, 1L << 50));
	CHECK_EQ(atomic_long_read(&l), 1L << 50);
}

static void plain_words_can_be_exchanged(void)
{
	void *pointer = &pointer, *old;
	unsigned short half = 7;
	u8 byte = 1;

	old = cmpxchg(&pointer, &pointer, NULL);
	CHECK(old == &pointer);
	CHECK(!pointer);
	CHECK_EQ(xchg(&half, 9), 7);
	CHECK_EQ(cmpxchg(&byte, 2, 3), 1);
	CHECK_EQ(byte, 1);
	smp_store_release(&half, 3);
	CHECK_EQ(smp_load_acquire(&half), 3);
}

static void a_refcount_saturates_instead_of_wrapping(void)
{
	refcount_t r = REFCOUNT_INIT(1);

	km_test_console_clear();
	refcount_inc(&r);
	CHECK(!refcount_dec_and_test(&r));
	CHECK(refcount_dec_and_test(&r));
	CHECK(!refcount_inc_not_zero(&r));
	CHECK(!strstr(km_test_console(), "refcount_t"));
	refcount_inc(&r);
	CHECK(strstr(km_test_console(), "refcount_t: addition on 0; use-after-free."));
	CHECK_EQ((int)refcount_read(&r), REFCOUNT_SATURATED);
	refcount_inc(&r);
	CHECK(!refcount_dec_and_test(&r));
	CHECK_EQ((int)refcount_read(&r), REFCOUNT_SATURATED);
	refcount_set(&r, REFCOUNT_MAX);
	refcount_inc(&r);
	CHECK_EQ((int)refcount_read(&r), REFCOUNT_SATURATED);
	refcount_set(&r, 0);
	CHECK(!refcount_dec_and_test(&r));
	CHECK_EQ((int)refcount_read(&r), REFCOUNT_SATURATED);
}

struct thing {
	struct kref kref;
	int released;
};

static DEFINE_MUTEX(things);

static void release(struct kref *kref)
{
	container_of(kref, struct thing, kref)->released++;
}

static void release_locked(struct kref *kref)
{
	release(kref);
	mutex_unlock(&things);
}

static void the_last_put_releases(void)
{
	struct thing thing = { };

	kref_init(&thing.kref);
	kref_get(&thing.kref);
	CHECK_EQ(kref_put(&thing.kref, release), 0);
	CHECK_EQ(kref_put(&thing.kref, release), 1);
	CHECK_EQ(thing.released, 1);
	CHECK(!kref_get_unless_zero(&thing.kref));
	kref_init(&thing.kref);
	CHECK_EQ(kref_put_mutex(&thing.kref, release_locked, &things), 1);
	CHECK_EQ(thing.released, 2);
	CHECK(!mutex_is_locked(&things));
}

static DEFINE_SEQLOCK(seqlock);
static unsigned int pair[2];

static int seq_writer(void *data)
{
	for (int i = 0; i < 200; i++) {
		write_seqlock(&seqlock);
		WRITE_ONCE(pair[0], pair[0] + 1);
		km_port_point();
		WRITE_ONCE(pair[1], pair[1] + 1);
		write_sequnlock(&seqlock);
	}
	return 0;
}

static void a_sequence_reader_sees_both_halves(void)
{
	struct task_struct *writer = test_thread(seq_writer, NULL, "writer");
	unsigned int start, a, b;

	for (int i = 0; i < 200; i++) {
		do {
			start = read_seqbegin(&seqlock);
			a = READ_ONCE(pair[0]);
			km_port_point();
			b = READ_ONCE(pair[1]);
		} while (read_seqretry(&seqlock, start));
		CHECK_EQ(a, b);
	}
	test_join(writer);
}

KM_TESTS(test_kern_up, T(atomics_return_what_they_promise), T(wide_atomics_are_wide),
	 T(plain_words_can_be_exchanged), T(a_refcount_saturates_instead_of_wrapping),
	 T(the_last_put_releases), T(a_sequence_reader_sees_both_halves));
