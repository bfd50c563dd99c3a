/* SPDX-License-Identifier: MIT */
/*
 * record.c - hands findings and sites to whoever runs the machine
 *
 * Owns: the sink, and the set of (rule, stack) already told.
 * C1  A finding is handed over once per rule and stack, however often it happens.
 * C2  After KM_FINDING_LIMIT findings one line goes to the console and no more are handed over or
 *     counted.
 * Lock: rules_lock for the set; the sink is called without it.  Nothing here sleeps.
 */
#include "rules/rules.h"
#include "kern/kern.h"

#define TOLD_SLOTS	32768	/* power of two, well above KM_FINDING_LIMIT */

#define RECORD_NS	2500	/* km_port_effort(): its text, its stack */

static const struct km_sink *sink, *fallback_sink;
static uint64_t *told;		/* open addressing; 0: free */
static unsigned long finding_count;

_Static_assert(TOLD_SLOTS >= 2 * KM_FINDING_LIMIT, "the set of told findings never fills");

void km_report_sink(const struct km_sink *new_sink)
{
	sink = new_sink;
}

void record_fallback(const struct km_sink *new_sink)
{
	fallback_sink = new_sink;
}

static const struct km_sink *current_sink(void)
{
	return sink ? sink : fallback_sink;
}

static uint64_t finding_key(const struct km_finding *finding)
{
	uint64_t key = stack_hash(&finding->stack);

	/*
	 * Findings without a stack of their own (a hang in the library) are told apart by the text.
	 */
	for (const char *at = finding->rule; *at; at++)
		key = (key ^ (unsigned char)*at) * 0x100000001b3ull;
	for (const char *at = finding->stack.count ? "" : finding->message; *at; at++)
		key = (key ^ (unsigned char)*at) * 0x100000001b3ull;
	return key ? key : 1;
}

/* Adds @key; false when it was there. */
static bool told_add_locked(uint64_t key)
{
	uint32_t slot = (uint32_t)(key ^ key >> 32) & (TOLD_SLOTS - 1);

	while (told[slot]) {
		if (told[slot] == key)
			return false;
		slot = (slot + 1) & (TOLD_SLOTS - 1);
	}
	told[slot] = key;
	return true;
}

static bool count_finding(const struct km_finding *finding)
{
	static const char line[] = "rules: too many findings, no more are told\n";
	unsigned long irq = km_spin_lock(&rules_lock);
	bool is_new, is_last;

	if (!told)
		told = memory_carve(TOLD_SLOTS * sizeof(*told));
	is_new = finding_count < KM_FINDING_LIMIT &&
		 (!told || told_add_locked(finding_key(finding)));
	if (is_new)
		finding_count++;
	is_last = is_new && finding_count == KM_FINDING_LIMIT;
	km_spin_unlock(&rules_lock, irq);
	if (is_last)
		km_port_write(line, sizeof(line) - 1);
	return is_new;
}

void record_start(struct km_finding *ret_finding, const char *id)
{
	const struct catalog_entry *entry;
	size_t length = 0;

	km_port_effort(RECORD_NS);
	while (id[length])
		length++;
	entry = catalog_find(id, length);
	*ret_finding = (struct km_finding){
		.rule = id,
		.severity = entry ? entry->severity : KM_ERROR,
		.message = "",
		.help = entry ? entry->help : "",
	};
	kern_context(&ret_finding->context);
}

bool record_finding(struct km_finding *finding)
{
	struct km_stack failed;

	if (!rules_enforced(finding->rule))
		return false;
	finding->injected_count = km_fault_injected(finding->injected);
	if (fault_injected(&failed, NULL) && !finding->alloc_stack.count)
		finding->alloc_stack = failed;
	if (!count_finding(finding))
		return false;
	if (current_sink() && current_sink()->finding)
		current_sink()->finding(finding);
	return true;
}

void record_candidate(struct km_finding *finding)
{
	if (rules_enforced(finding->rule) && current_sink() && current_sink()->finding)
		current_sink()->finding(finding);
}

void record_site(const struct km_site *site, bool at_end)
{
	if (current_sink() && current_sink()->site)
		current_sink()->site(site, at_end);
}

void record_end(int status)
{
	if (current_sink() && current_sink()->end)
		current_sink()->end(status);
	km_port_stop(status);
}

unsigned long record_count(void)
{
	return finding_count;
}

void record_boot(void)
{
	told = NULL;
	finding_count = 0;
}

void record_forget(void)
{
	for (unsigned int i = 0; told && i < TOLD_SLOTS; i++)
		told[i] = 0;
	finding_count = 0;
}
