// SPDX-License-Identifier: MIT
/* rwsem_test.c - rw_semaphore and semaphore */
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/rwsem.h>
#include <linux/semaphore.h>
#include <kern/kern_test.h>

#define TURNS	60

static DECLARE_RWSEM(sem);
static unsigned int pair[2];
static int readers_inside, most_readers, writers_inside;

static int reader(void *data)
{
	for (int i = 0; i < TURNS; i++) {
		int now;

		down_read(&sem);
		now = __atomic_add_fetch(&readers_inside, 1, __ATOMIC_SEQ_CST);
		if (now > READ_ONCE(most_readers))
			WRITE_ONCE(most_readers, now);
		CHECK_EQ(READ_ONCE(writers_inside), 0);
		CHECK_EQ(READ_ONCE(pair[0]), READ_ONCE(pair[1]));
		cond_resched();
		__atomic_sub_fetch(&readers_inside, 1, __ATOMIC_SEQ_CST);
		up_read(&sem);
	}
	return 0;
}

static int writer(void *data)
{
	for (int i = 0; i < TURNS; i++) {
		down_write(&sem);
		CHECK_EQ(READ_ONCE(readers_inside), 0);
		CHECK_EQ(writers_inside++, 0);
		WRITE_ONCE(pair[0], pair[0] + 1);
		cond_resched();
		WRITE_ONCE(pair[1], pair[1] + 1);
		writers_inside--;
		if (i & 1) {
			downgrade_write(&sem);
			CHECK_EQ(READ_ONCE(pair[0]), READ_ONCE(pair[1]));
			up_read(&sem);
		} else {
			up_write(&sem);
		}
	}
	return 0;
}

static void writers_are_alone(void)
{
	struct task_struct *tasks[4] = {
		test_thread(reader, NULL, "reader"), test_thread(reader, NULL, "reader"),
		test_thread(writer, NULL, "writer"), test_thread(writer, NULL, "writer"),
	};

	for (int i = 0; i < 4; i++)
		test_join(tasks[i]);
	CHECK_EQ(pair[0], 2 * TURNS);
	CHECK_EQ(pair[1], 2 * TURNS);
	CHECK(!rwsem_is_locked(&sem));
}

static void readers_share(void)
{
	down_read(&sem);
	CHECK(down_read_trylock(&sem));
	CHECK(!down_write_trylock(&sem));
	up_read(&sem);
	up_read(&sem);
	CHECK(down_write_trylock(&sem));
	CHECK(!down_read_trylock(&sem));
	up_write(&sem);
}

static int read_once(void *data)
{
	down_read(&sem);
	up_read(&sem);
	return 0;
}

static int write_once(void *data)
{
	down_write(&sem);
	up_write(&sem);
	return 0;
}

static void a_waiting_writer_holds_new_readers_back(void)
{
	struct task_struct *first, *second;

	down_read(&sem);
	first = test_thread(write_once, NULL, "writer");
	while (!rwsem_is_contended(&sem))
		schedule_timeout_uninterruptible(1);
	CHECK(!down_read_trylock(&sem));
	second = test_thread(read_once, NULL, "reader");
	up_read(&sem);
	test_join(first);
	test_join(second);
	CHECK(!rwsem_is_locked(&sem));
}

static void rwsem_misuse_is_told(void)
{
	test_listen();
	up_read(&sem);
	CHECK_EQ(TOLD(LOCK_BAD), 1);
	up_write(&sem);
	CHECK_EQ(TOLD(LOCK_BAD), 2);
	CHECK(!rwsem_is_locked(&sem));
	test_listen_end();
}

static DEFINE_SEMAPHORE(places, 2);
static int in_places, most_in_places;

static int guest(void *data)
{
	for (int i = 0; i < TURNS; i++) {
		int now;

		down(&places);
		now = __atomic_add_fetch(&in_places, 1, __ATOMIC_SEQ_CST);
		if (now > READ_ONCE(most_in_places))
			WRITE_ONCE(most_in_places, now);
		cond_resched();
		__atomic_sub_fetch(&in_places, 1, __ATOMIC_SEQ_CST);
		up(&places);
	}
	return 0;
}

static void a_semaphore_counts(void)
{
	struct task_struct *tasks[5];

	for (int i = 0; i < 5; i++)
		tasks[i] = test_thread(guest, NULL, "guest");
	for (int i = 0; i < 5; i++)
		test_join(tasks[i]);
	CHECK_EQ(most_in_places, 2);
	CHECK_EQ(places.count, 2);
}

static void down_gives_up_after_its_time(void)
{
	unsigned long before = jiffies;

	down(&places);
	CHECK_EQ(down_trylock(&places), 0);
	CHECK_EQ(down_trylock(&places), 1);
	CHECK_EQ(down_timeout(&places, 5), -ETIME);
	CHECK(time_after_eq(jiffies, before + 5));
	up(&places);
	CHECK_EQ(down_timeout(&places, 5), 0);
	up(&places);
	up(&places);
}

KM_TESTS(test_kern_up, T(writers_are_alone), T(readers_share),
	 T(a_waiting_writer_holds_new_readers_back), T(rwsem_misuse_is_told), T(a_semaphore_counts),
	 T(down_gives_up_after_its_time));
