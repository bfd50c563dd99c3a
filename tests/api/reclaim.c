// SPDX-License-Identifier: MIT
/* reclaim.c - rows of shrinkers and OOM notifiers; see api.h */
#include "api.h"

#include <linux/notifier.h>
#include <linux/oom.h>
#include <linux/rcupdate.h>
#include <linux/shrinker.h>

static unsigned int scans;

static unsigned long rows_count(struct shrinker *shrinker, struct shrink_control *sc)
{
	return 1000;
}

static unsigned long rows_scan(struct shrinker *shrinker, struct shrink_control *sc)
{
	scans++;
	return SHRINK_STOP;
}

static struct shrinker *rows_make(void)
{
	struct shrinker *shrinker = shrinker_alloc(0, "rows-%d", 1);

	if (shrinker) {
		shrinker->count_objects = rows_count;
		shrinker->scan_objects = rows_scan;
	}
	return shrinker;
}

static void rows_end(struct shrinker *shrinker)
{
	shrinker_free(shrinker);
	rcu_barrier();
}

API(shrinker_alloc, other, "seeks is 2, batch 0, the callbacks are for the caller to fill")
{
	struct shrinker *shrinker = shrinker_alloc(SHRINKER_NUMA_AWARE, "row");
	bool ok = shrinker && shrinker->seeks == DEFAULT_SEEKS && !shrinker->batch &&
		  !shrinker->count_objects && !shrinker->scan_objects &&
		  (shrinker->flags & SHRINKER_NUMA_AWARE);

	rows_end(shrinker);
	return ok;
}

API(shrinker_alloc, null, "without a name there is none")
{
	/* Through a pointer: clang warns of a format that is no literal. */
	struct shrinker *(*make)(unsigned int flags, const char *fmt, ...) = shrinker_alloc;

	return !make(0, API_HIDDEN((const char *)NULL));
}

API(shrinker_alloc, failure, "NULL without memory")
{
	struct shrinker *shrinker;

	rcu_barrier();
	api_memory_out();
	shrinker = shrinker_alloc(0, "row");
	api_memory_back();
	return !shrinker;
}

API(shrinker_register, other, "from then on it is asked; drop_slab() asks for all")
{
	struct shrinker *shrinker = rows_make();
	bool ok;

	scans = 0;
	drop_slab();
	ok = !scans;
	shrinker_register(shrinker);
	drop_slab();
	ok = ok && scans;
	rows_end(shrinker);
	return ok;
}

API(shrinker_register, failure, "one without callbacks is warned of and left out")
{
	struct shrinker *shrinker = shrinker_alloc(0, "row");
	bool ok;

	shrinker_register(shrinker);
	ok = api_said("has no callbacks") && !(shrinker->flags & SHRINKER_REGISTERED);
	rows_end(shrinker);
	return ok;
}

API(shrinker_free, null, "NULL is nothing to do")
{
	shrinker_free(NULL);
	return true;
}

API(shrinker_free, other, "also before it was registered; after it nobody asks")
{
	struct shrinker *shrinker = rows_make();

	rows_end(shrinker);
	shrinker = rows_make();
	shrinker_register(shrinker);
	rows_end(shrinker);
	scans = 0;
	drop_slab();
	return !scans;
}

static int rows_notified(struct notifier_block *nb, unsigned long action, void *data)
{
	*(unsigned long *)data += nb->priority;
	return NOTIFY_OK;
}

API(register_oom_notifier, other, "its pages cancel the last resort; twice is -EEXIST")
{
	struct notifier_block nb = { .notifier_call = rows_notified, .priority = 5 };
	struct oom_control oc = { .gfp_mask = GFP_KERNEL };
	bool ok = !register_oom_notifier(&nb) && register_oom_notifier(&nb) == -EEXIST;

	ok = ok && out_of_memory(&oc);
	unregister_oom_notifier(&nb);
	return ok;
}

API(unregister_oom_notifier, failure, "one that is not there is -ENOENT")
{
	struct notifier_block nb = { .notifier_call = rows_notified };

	return unregister_oom_notifier(&nb) == -ENOENT;
}
