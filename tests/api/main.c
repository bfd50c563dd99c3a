// SPDX-License-Identifier: MIT
/*
 * main.c - what rows share: a watched machine, the contexts, memory that is out, and who left what
 *
 * Owns: what sleep-in-atomic and leak told last.
 * A1  After each row nothing may be left: rule leak is asked, as at the end of a module.
 * A2  A context row runs once in each context that it does not forbid; before each run the same
 *     stack may be told again.
 * Context: the boot thread; findings come from interrupts too.
 */
#include "api.h"

#include <kmalloc/machine.h>
#include <kmalloc/report.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
#include "page/page_room.h"
#include "rules/rules.h"
#include "watch/watch.h"

static unsigned int sleeps, leaks;
static unsigned int left_before;	/* by earlier rows */
static bool may_leave;
static char leak_text[RULES_TEXT], told_rules[256];

static void keep_finding(const struct km_finding *finding)
{
	if (!strcmp(finding->rule, "sleep-in-atomic")) {
		__atomic_add_fetch(&sleeps, 1, __ATOMIC_SEQ_CST);
	} else if (!strcmp(finding->rule, "leak")) {
		leaks++;
		strscpy(leak_text, finding->message, sizeof(leak_text));
	}
	strlcat(told_rules, finding->rule, sizeof(told_rules));
}

static const struct km_sink sink = { .finding = keep_finding };

bool api_told(const char *rule)
{
	return strstr(told_rules, rule);
}

void api_may_leave(void)
{
	may_leave = true;
}

/* -- memory that is out ------------------------------------------------------------------------ */
static LIST_HEAD(hoard);
static bool is_hoarding;

void api_memory_out(void)
{
	is_hoarding = true;
	watch_enter();
	drain_all_pages(NULL);
	for (int order = MAX_PAGE_ORDER; order >= 0; order--) {
		struct page *page;

		while ((page = page_take(__GFP_MEMALLOC | __GFP_NOWARN, order, PAGE_OWNER_PAGES))) {
			page->private = order;
			list_add(&page->lru, &hoard);
		}
	}
	watch_leave();
}

void api_memory_back(void)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, &hoard, lru) {
		unsigned int order = page->private;

		list_del(&page->lru);
		page->private = 0;
		page_give(page, order);
	}
	is_hoarding = false;
}

/* -- a cache for a row ------------------------------------------------------------------------- */
struct kmem_cache *api_cache;

void api_cache_make(void)
{
	if (!api_cache)
		api_cache = kmem_cache_create("api-row", 58, 0, SLAB_NO_MERGE, NULL);
}

static void cache_end(void)
{
	kmem_cache_destroy(api_cache);
	api_cache = NULL;
}

/* -- one row ----------------------------------------------------------------------------------- */
/* Things left, as rule leak counts them; each is told once. */
static unsigned int left_now(void)
{
	record_forget();
	leaks = 0;
	leak_check();
	return leaks;
}

static void row_begin(void)
{
	leak_begin();
	left_before = left_now();
	record_forget();
	sleeps = leaks = 0;
	may_leave = false;
	told_rules[0] = 0;
}

static void row_end(const char *file, int line)
{
	if (is_hoarding) {
		km_test_fail(file, line, "the row forgot api_memory_back()");
		api_memory_back();
	}
	cache_end();
	kvfree_rcu_barrier();
	rcu_barrier();
	flush_scheduled_work();
	if (left_now() > left_before && !may_leave) {
		km_test_note("%s", leak_text);
		km_test_fail(file, line, "the row left something behind");
	}
}

void api_check(bool (*holds)(void), const char *file, int line, const char *text)
{
	row_begin();
	if (!holds())
		km_test_fail(file, line, text);
	row_end(file, line);
}

/* -- contexts ---------------------------------------------------------------------------------- */
static struct {
	bool (*holds)(void);
	bool held, done;
} body;

static void body_run(void)
{
	body.held = body.holds();
	__atomic_store_n(&body.done, true, __ATOMIC_SEQ_CST);
}

static void run_task(void)
{
	body_run();
}

static void run_lock(void)
{
	static DEFINE_SPINLOCK(lock);

	spin_lock(&lock);
	body_run();
	spin_unlock(&lock);
}

static void run_reader(void)
{
	rcu_read_lock();
	body_run();
	rcu_read_unlock();
}

static void run_irqs_off(void)
{
	unsigned long flags;

	local_irq_save(flags);
	body_run();
	local_irq_restore(flags);
}

static void run_preempt_off(void)
{
	preempt_disable();
	body_run();
	preempt_enable();
}

static void on_tasklet(struct tasklet_struct *tasklet)
{
	body_run();
}

static void run_softirq(void)
{
	static struct tasklet_struct tasklet;

	tasklet_setup(&tasklet, on_tasklet);
	tasklet_schedule(&tasklet);
	while (!__atomic_load_n(&body.done, __ATOMIC_SEQ_CST))
		schedule_timeout_uninterruptible(1);
	tasklet_kill(&tasklet);
}

static void on_irq_work(struct irq_work *work)
{
	body_run();
}

static void run_hardirq(void)
{
	static struct irq_work work;

	work = IRQ_WORK_INIT_HARD(on_irq_work);
	irq_work_queue(&work);
	while (!__atomic_load_n(&body.done, __ATOMIC_SEQ_CST))
		schedule_timeout_uninterruptible(1);
	irq_work_sync(&work);
}

static const struct {
	char code, letter;	/* of @allowed, and to leave it out */
	const char *name;
	void (*run)(void);
} contexts[] = {
	{ 'P', 't', "task", run_task },
	{ 'A', 'l', "spinlock held", run_lock },
	{ 'A', 'r', "RCU reader", run_reader },
	{ 'A', 'i', "interrupts off", run_irqs_off },
	{ 'A', 'p', "preemption off", run_preempt_off },
	{ 'S', 's', "softirq", run_softirq },
	{ 'H', 'h', "hard interrupt", run_hardirq },
};

static void context_check(unsigned int index, bool is_allowed, const char *file, int line)
{
	body.done = body.held = false;
	sleeps = 0;
	record_forget();
	contexts[index].run();
	if (is_allowed && sleeps) {
		km_test_note("in context: %s", contexts[index].name);
		km_test_fail(file, line, "sleep-in-atomic is told where the call is allowed");
	} else if (is_allowed && !body.held) {
		km_test_note("in context: %s", contexts[index].name);
		km_test_fail(file, line, "the call does not succeed where it is allowed");
	} else if (!is_allowed && !sleeps) {
		km_test_note("in context: %s", contexts[index].name);
		km_test_fail(file, line, "sleep-in-atomic is not told where the call is forbidden");
	}
}

void api_contexts_check(bool (*holds)(void), const char *allowed, void (*before)(void),
			const char *file, int line)
{
	const char *left_out = strchr(allowed, '-');

	row_begin();
	body.holds = holds;
	for (unsigned int i = 0; i < ARRAY_SIZE(contexts); i++) {
		const char *code = strchr(allowed, contexts[i].code);

		if (left_out && strchr(left_out, contexts[i].letter))
			continue;
		if (before)
			before();
		context_check(i, code != NULL, file, line);
	}
	row_end(file, line);
}

/* -- the machine ------------------------------------------------------------------------------- */
static int api_setup(void)
{
	static const struct km_config config = {
		.watch_all = true,
		.rules = "sleep-in-atomic,leak,invalid-free,double-free,flag-misuse",
	};

	km_report_sink(&sink);
	return km_machine_boot(&config);
}

/* The rows are the section's; the linker says where it begins (meson.build), rows.c how many. */
int (*const km_test_setup)(void) = api_setup;
