/* SPDX-License-Identifier: MIT */
/* reclaim_test.c - requests under locks that shrinkers take, in both orders, at each level */
#include <linux/delay.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/sched/mm.h>
#include <linux/shrinker.h>
#include "reclaim/reclaim_room.h"
#include "rules/rules_test.h"

struct locks {
	struct mutex a, b, c;
	struct rw_semaphore sem;
};

/* Each test has locks of its own, and with them classes that no other test has used. */
#define LOCKS_NEW(locks)				\
	do {						\
		mutex_init(&(locks)->a);		\
		mutex_init(&(locks)->b);		\
		mutex_init(&(locks)->c);		\
		init_rwsem(&(locks)->sem);		\
	} while (0)

static void (*in_scan)(struct shrink_control *sc);
static struct locks *locks_now;
static struct shrinker *shrinker;

static unsigned long one(struct shrinker *s, struct shrink_control *sc)
{
	return 1;
}

static unsigned long scan(struct shrinker *s, struct shrink_control *sc)
{
	in_scan(sc);
	return SHRINK_STOP;
}

static void shrinker_begin(struct locks *locks, void (*what)(struct shrink_control *sc))
{
	locks_now = locks;
	in_scan = what;
	shrinker = shrinker_alloc(0, "test");
	shrinker->count_objects = one;
	shrinker->scan_objects = scan;
	shrinker_register(shrinker);
	told_clear();
}

static void shrinker_end(void)
{
	shrinker_free(shrinker);
}

static void takes_a(struct shrink_control *sc)
{
	mutex_lock(&locks_now->a);
	mutex_unlock(&locks_now->a);
}

static void tries_a(struct shrink_control *sc)
{
	if (mutex_trylock(&locks_now->a))
		mutex_unlock(&locks_now->a);
}

static void tries_a_takes_b(struct shrink_control *sc)
{
	if (!mutex_trylock(&locks_now->a))
		return;
	mutex_lock(&locks_now->b);
	mutex_unlock(&locks_now->b);
	mutex_unlock(&locks_now->a);
}

static void takes_a_with_fs(struct shrink_control *sc)
{
	if (sc->gfp_mask & __GFP_FS)
		takes_a(sc);
}

static void takes_sem(struct shrink_control *sc)
{
	down_write(&locks_now->sem);
	up_write(&locks_now->sem);
}

static void allocate_under(struct mutex *lock, gfp_t gfp)
{
	mutex_lock(lock);
	kfree(kmalloc(16, gfp));
	mutex_unlock(lock);
}

static void rehearse_all(void)
{
	reclaim_rehearse(RECLAIM_PLAIN | RECLAIM_NOFS | RECLAIM_NOIO);
}

static void either_order_is_told_once(void)
{
	struct locks locks, others;

	LOCKS_NEW(&locks);
	shrinker_begin(&locks, takes_a);
	rehearse_all();
	CHECK_EQ(told_count, 0);
	allocate_under(&locks.a, GFP_KERNEL);
	CHECK_TOLD("reclaim-deadlock", "while lock '&(&locks)->a' is held");
	CHECK(strstr(told_message, "shrinker 'test' takes '&(&locks)->a' in reclaim"));
	CHECK(!strcmp(told_last.also[0].role, "lock taken in reclaim"));
	CHECK(told_last.also[0].stack.count > 0);
	shrinker_end();
	LOCKS_NEW(&others);
	shrinker_begin(&others, takes_a);
	allocate_under(&others.a, GFP_KERNEL);
	CHECK_EQ(told_count, 0);
	rehearse_all();
	CHECK_TOLD("reclaim-deadlock", "may enter reclaim (fs_reclaim)");
	CHECK_EQ(told_last.context.lock_count, 1);
	rehearse_all();
	CHECK_EQ(told_count, 1);
	shrinker_end();
}

static void who_does_not_wait_is_silent(void)
{
	struct locks locks;
	unsigned int scope;

	LOCKS_NEW(&locks);
	shrinker_begin(&locks, takes_a);
	rehearse_all();
	allocate_under(&locks.b, GFP_KERNEL);
	allocate_under(&locks.a, GFP_ATOMIC);
	allocate_under(&locks.a, GFP_NOWAIT);
	scope = memalloc_noreclaim_save();
	allocate_under(&locks.a, GFP_KERNEL);
	memalloc_noreclaim_restore(scope);
	CHECK_EQ(told_count, 0);
	shrinker_end();
	LOCKS_NEW(&locks);
	shrinker_begin(&locks, tries_a);
	rehearse_all();
	allocate_under(&locks.a, GFP_KERNEL);
	CHECK_EQ(told_count, 0);
	shrinker_end();
}

static void what_is_taken_under_a_lock_tried_for_counts(void)
{
	struct locks locks;

	LOCKS_NEW(&locks);
	shrinker_begin(&locks, tries_a_takes_b);
	rehearse_all();
	allocate_under(&locks.a, GFP_KERNEL);
	CHECK_EQ(told_count, 0);
	allocate_under(&locks.b, GFP_KERNEL);
	CHECK_TOLD("reclaim-deadlock", "takes '&(&locks)->b' in reclaim");
	shrinker_end();
}

static void the_level_of_the_request_counts(void)
{
	struct locks locks;
	unsigned int scope;

	LOCKS_NEW(&locks);
	shrinker_begin(&locks, takes_a_with_fs);
	rehearse_all();
	scope = memalloc_nofs_save();
	allocate_under(&locks.a, GFP_KERNEL);
	memalloc_nofs_restore(scope);
	allocate_under(&locks.a, GFP_NOIO);
	CHECK_EQ(told_count, 0);
	allocate_under(&locks.a, GFP_KERNEL);
	CHECK_TOLD("reclaim-deadlock", "GFP_KERNEL");
	shrinker_end();
	LOCKS_NEW(&locks);
	shrinker_begin(&locks, takes_a);
	rehearse_all();
	scope = memalloc_noio_save();
	allocate_under(&locks.a, GFP_KERNEL);
	memalloc_noio_restore(scope);
	CHECK_TOLD("reclaim-deadlock", "kmalloc(GFP_NOIO)");
	CHECK(strstr(told_last.help, "sc->gfp_mask") != NULL);
	shrinker_end();
}

static void a_chain_of_locks_is_followed(void)
{
	struct locks locks;

	LOCKS_NEW(&locks);
	shrinker_begin(&locks, takes_a);
	allocate_under(&locks.c, GFP_KERNEL);
	mutex_lock(&locks.b);
	mutex_lock(&locks.c);
	mutex_unlock(&locks.c);
	mutex_unlock(&locks.b);
	rehearse_all();
	CHECK_EQ(told_count, 0);
	mutex_lock(&locks.a);
	mutex_lock(&locks.b);
	mutex_unlock(&locks.b);
	mutex_unlock(&locks.a);
	CHECK_TOLD("reclaim-deadlock", "while lock '&(&locks)->c' is held");
	CHECK(strstr(told_message, "takes '&(&locks)->a' in reclaim, under which"));
	CHECK(!strcmp(told_last.also[1].role, "held lock waited for"));
	shrinker_end();
}

static void readers_wait_as_well(void)
{
	struct locks locks;

	LOCKS_NEW(&locks);
	shrinker_begin(&locks, takes_sem);
	rehearse_all();
	down_read(&locks.sem);
	kfree(kmalloc(16, GFP_KERNEL));
	up_read(&locks.sem);
	CHECK_TOLD("reclaim-deadlock", "->sem' is held");
	shrinker_end();
}

static void classes_are_kept_apart(void)
{
	static struct lock_class_key key;
	struct locks locks, others;

	LOCKS_NEW(&locks);
	LOCKS_NEW(&others);
	shrinker_begin(&locks, takes_a);
	rehearse_all();
	allocate_under(&others.a, GFP_KERNEL);
	mutex_lock_nested(&locks.a, SINGLE_DEPTH_NESTING);
	kfree(kmalloc(16, GFP_KERNEL));
	mutex_unlock(&locks.a);
	CHECK_EQ(told_count, 0);
	lockdep_set_class(&others.b, &key);
	lockdep_set_class(&locks.a, &key);
	rehearse_all();
	allocate_under(&others.b, GFP_KERNEL);
	CHECK_EQ(told_count, 1);
	shrinker_end();
}

/* reclaim_always: the lock is really taken a second time, and nothing hangs. */
static void reclaim_that_runs_does_not_hang(void)
{
	struct locks locks;

	LOCKS_NEW(&locks);
	shrinker_begin(&locks, takes_a);
	reclaim_always = true;
	allocate_under(&locks.a, GFP_KERNEL);
	CHECK_TOLD("reclaim-deadlock", "while lock '&(&locks)->a' is held");
	LOCKS_NEW(&locks);
	in_scan = takes_sem;
	told_clear();
	down_read(&locks.sem);
	kfree(kmalloc(16, GFP_KERNEL));
	up_read(&locks.sem);
	CHECK_TOLD("reclaim-deadlock", "->sem' is held");
	CHECK(!rwsem_is_locked(&locks.sem));
	reclaim_always = false;
	shrinker_end();
}

static unsigned int scans;

static void counts_scans(struct shrink_control *sc)
{
	scans++;
}

static void nothing_is_asked_without_need(void)
{
	struct locks locks;

	LOCKS_NEW(&locks);
	shrinker_begin(&locks, counts_scans);
	scans = 0;
	kfree(kmalloc(16, GFP_KERNEL));
	msleep(1);
	CHECK_EQ(scans, 0);
	allocate_under(&locks.a, GFP_KERNEL);
	msleep(1);
	CHECK(scans > 0);
	shrinker_end();
}

KM_TESTS(rules_setup, T(nothing_is_asked_without_need), T(either_order_is_told_once),
	 T(who_does_not_wait_is_silent), T(what_is_taken_under_a_lock_tried_for_counts),
	 T(the_level_of_the_request_counts), T(a_chain_of_locks_is_followed),
	 T(readers_wait_as_well), T(classes_are_kept_apart), T(reclaim_that_runs_does_not_hang));
