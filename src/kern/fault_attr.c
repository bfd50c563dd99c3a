/* SPDX-License-Identifier: MIT */
/*
 * fault_attr.c - shall this call fail?  By interval, chance, bytes that pass first, and a limit
 *
 * As Linux's Documentation/fault-injection says.  Any context; no lock, counters are atomic.
 */
#include <linux/fault-inject.h>
#include <linux/kstrtox.h>
#include <linux/printk.h>
#include <linux/random.h>
#include <linux/string.h>

/* The next number of the list at *@text, which moves behind its comma. */
static bool take_number(const char **text, bool is_last, long long *ret_number)
{
	char word[24];
	size_t bytes = strcspn(*text, ",");

	if (!bytes || bytes >= sizeof(word) || (is_last ? (*text)[bytes] : !(*text)[bytes]))
		return false;
	memcpy(word, *text, bytes);
	word[bytes] = '\0';
	*text += bytes + !is_last;
	return kstrtoll(word, 0, ret_number) == 0;
}

int setup_fault_attr(struct fault_attr *attr, char *text)
{
	long long interval, probability, space, times;
	const char *at = text;

	if (!take_number(&at, false, &interval) || !take_number(&at, false, &probability) ||
	    !take_number(&at, false, &space) || !take_number(&at, true, &times) ||
	    interval < 0 || probability < 0) {
		pr_warn("FAULT_INJECTION: failed to parse arguments\n");
		return 0;
	}
	attr->probability = probability;
	attr->interval = interval;
	atomic_set(&attr->times, times);
	atomic_set(&attr->space, space);
	return 1;
}

static void fault_tell(struct fault_attr *attr)
{
	if (attr->verbose)
		printk(KERN_NOTICE "FAULT_INJECTION: forcing a failure.\n"
		       "name %s, interval %lu, probability %lu, space %d, times %d\n", "(null)",
		       attr->interval, attr->probability, atomic_read(&attr->space),
		       atomic_read(&attr->times));
	if (attr->verbose > 1)
		dump_stack();
}

/* One failure less to come; false when there is none left. */
static bool times_take(atomic_t *times)
{
	int left = atomic_read(times);

	while (left > 0)
		if (atomic_try_cmpxchg(times, &left, left - 1))
			return true;
	return left < 0;
}

bool should_fail_ex(struct fault_attr *attr, ssize_t size, int flags)
{
	if (!attr->probability || !atomic_read(&attr->times))
		return false;
	if (atomic_read(&attr->space) > size) {
		atomic_sub(size, &attr->space);
		return false;
	}
	if (attr->interval > 1 &&
	    __atomic_add_fetch(&attr->count, 1, __ATOMIC_RELAXED) % attr->interval)
		return false;
	if (attr->probability <= get_random_u32_below(100) || !times_take(&attr->times))
		return false;
	if (!(flags & FAULT_NOWARN))
		fault_tell(attr);
	return true;
}

bool should_fail(struct fault_attr *attr, ssize_t size)
{
	return should_fail_ex(attr, size, 0);
}
