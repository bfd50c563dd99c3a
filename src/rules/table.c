/* SPDX-License-Identifier: MIT */
/*
 * table.c - which rules are armed, and in which order they are asked
 *
 * Owns: the order, and which ids the configuration enforces.
 * T1  Whoever only observes stands before whoever refuses; the fault plan is the last word on an
 *     allocation, the quarantine the last on a free.
 * T2  The array is explicit: weak symbols and linker sections vanish silently from a static
 *     archive.
 * Lock: none; boot and shutdown, one thread.
 */
#include "rules/init_shadow.h"
#include "rules/rules.h"
#include "watch/watch.h"

#define CATALOG_MAX	32

struct km_spin rules_lock = KM_SPIN_INIT;

static const struct km_rule *const table[] = {
	&crash_rule,
	&gfp_rule,
	&sleep_rule,
	&user_rule,
	&reclaim_rule,
	&shadow_rule,
	&uninit_rule,	/* before lifetime.c forgets the size of what is freed */
	&lifetime_rule,
	&dma_rule,	/* D4 of dma.c: a free that was refused is none */
	&leak_rule,
	&profile_rule,	/* a free that was refused is none (F1 of profile.c) */
	&size_rule,
	&depth_rule,
	&fault_rule,
	&quarantine_rule,
};
#define TABLE_COUNT	(sizeof(table) / sizeof(table[0]))

_Static_assert(TABLE_COUNT <= WATCH_MAX_RULES, "the door has room for every rule");

static bool enforced[CATALOG_MAX];
static const struct km_rule *armed[TABLE_COUNT];
static unsigned int armed_count;

bool rules_enforced(const char *id)
{
	size_t length = 0;
	const struct catalog_entry *entry;

	while (id[length])
		length++;
	entry = catalog_find(id, length);
	return entry && enforced[entry - catalog];
}

static bool list_is_all(const char *list)
{
	return list[0] == 'a' && list[1] == 'l' && list[2] == 'l' && !list[3];
}

static int enforce_list(const char *list)
{
	while (*list) {
		const struct catalog_entry *entry;
		size_t length = 0;

		while (list[length] && list[length] != ',')
			length++;
		entry = catalog_find(list, length);
		if (!entry || !entry->is_built)
			return -22;
		enforced[entry - catalog] = true;
		list += length + (list[length] == ',');
	}
	return 0;
}

/* Rules that only serve others are armed with those they serve. */
static bool is_needed(const struct km_rule *rule)
{
	if (rule == &shadow_rule || rule == &quarantine_rule)
		return rules_enforced("use-after-free") || rules_enforced("out-of-bounds");
	if (rule == &profile_rule)
		return profile_wanted;
	if (rule == &lifetime_rule || rule == &crash_rule || rule == &fault_rule ||
	    rule == &user_rule)
		return rules_armed() != 0;
	return rules_enforced(rule->id);
}

/**
 * rules_boot() - arm the rules
 * @list: "all", or a comma list of ids of rules this build enforces; "": only the profile, if that
 *        is wanted
 *
 * Context: boot, one thread, allocators are up.
 * Return: 0; -EINVAL for an id that is not known or not built, -ENOMEM.  On failure nothing is
 * armed.
 */
int rules_boot(const char *list)
{
	int error = 0;

	armed_count = 0;
	for (unsigned int i = 0; i < catalog_count; i++)
		enforced[i] = list_is_all(list) && catalog[i].is_built;
	if (!list_is_all(list))
		error = enforce_list(list);
	if (error)
		goto out_none;
	memory_forget();
	stack_forget();
	record_boot();
	for (unsigned int i = 0; i < TABLE_COUNT; i++) {
		if (!is_needed(table[i]))
			continue;
		error = table[i]->boot ? table[i]->boot() : 0;
		if (error)
			goto out_none;
		/* Only the second program has what this one sees. */
		if (table[i] == &uninit_rule && !init_is_on())
			continue;
		armed[armed_count++] = table[i];
	}
	watch_arm(armed, armed_count);
	return 0;
out_none:
	rules_shutdown();
	return error;
}

void rules_shutdown(void)
{
	while (armed_count) {
		armed_count--;
		if (armed[armed_count]->shutdown)
			armed[armed_count]->shutdown();
	}
	watch_arm(NULL, 0);
	for (unsigned int i = 0; i < CATALOG_MAX; i++)
		enforced[i] = false;
}

unsigned int rules_armed(void)
{
	unsigned int count = 0;

	for (unsigned int i = 0; i < catalog_count; i++)
		count += enforced[i];
	return count;
}
