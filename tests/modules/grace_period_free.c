// SPDX-License-Identifier: MIT
/*
 * grace_period_free.c - an RCU list whose readers run in a timer while a work item replaces entries
 * with kfree_rcu(), call_rcu() and synchronize_rcu(), all three
 */
#include <linux/module.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct rule {
	struct list_head link;
	unsigned int number, hits;
	char *text;
	struct rcu_head rcu;
};

static LIST_HEAD(rules);
static DEFINE_SPINLOCK(rules_lock);
static struct timer_list reader;
static unsigned int sum, rounds;

static void rule_end(struct rcu_head *head)
{
	struct rule *rule = container_of(head, struct rule, rcu);

	kfree(rule->text);
	kfree(rule);
}

static int rule_add(unsigned int number, bool has_text)
{
	struct rule *rule = kzalloc(sizeof(*rule), GFP_KERNEL);

	if (!rule)
		return -ENOMEM;
	rule->number = number;
	if (has_text) {
		rule->text = kasprintf(GFP_KERNEL, "rule %u", number);
		if (!rule->text) {
			kfree(rule);
			return -ENOMEM;
		}
	}
	spin_lock_bh(&rules_lock);
	list_add_tail_rcu(&rule->link, &rules);
	spin_unlock_bh(&rules_lock);
	return 0;
}

static void reader_fn(struct timer_list *timer)
{
	struct rule *rule;

	rcu_read_lock();
	list_for_each_entry_rcu(rule, &rules, link)
		WRITE_ONCE(sum, sum + rule->number);
	rcu_read_unlock();
	if (++rounds < 20)
		mod_timer(timer, jiffies + 1);
}

static void replace_fn(struct work_struct *work)
{
	struct rule *rule, *next, *last = NULL;

	spin_lock_bh(&rules_lock);
	list_for_each_entry_safe(rule, next, &rules, link) {
		if (rule->number % 3 == 2 && last)
			continue;
		list_del_rcu(&rule->link);
		if (rule->number % 3 == 2)
			last = rule;
		else if (rule->text)
			call_rcu(&rule->rcu, rule_end);
		else
			kfree_rcu(rule, rcu);
	}
	spin_unlock_bh(&rules_lock);
	if (!last)
		return;
	synchronize_rcu();
	rule_end(&last->rcu);
}

static DECLARE_DELAYED_WORK(replace, replace_fn);

static int __init grace_init(void)
{
	int error = 0;

	for (unsigned int number = 0; number < 6 && !error; number++)
		error = rule_add(number, number % 2);
	if (error)
		pr_info("fewer rules\n");
	timer_setup(&reader, reader_fn, 0);
	mod_timer(&reader, jiffies + 1);
	schedule_delayed_work(&replace, 3);
	return 0;
}

static void __exit grace_exit(void)
{
	struct rule *rule, *next;

	timer_shutdown_sync(&reader);
	cancel_delayed_work_sync(&replace);
	rcu_barrier();
	list_for_each_entry_safe(rule, next, &rules, link)
		rule_end(&rule->rcu);
}

module_init(grace_init);
module_exit(grace_exit);
MODULE_LICENSE("GPL");
