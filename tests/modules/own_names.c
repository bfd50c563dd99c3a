// SPDX-License-Identifier: MIT
/* own_names.c - functions of the driver's own with names that Linux leaves free, static and not */
#include <linux/hashtable.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

struct port {
	struct hlist_node hash;
	struct rcu_head rcu;
	struct work_struct work;
	unsigned int number;
};

int read(char *to, int count);
int write(const char *from, int count);
int remove(struct port *port);

static DEFINE_HASHTABLE(ports, 3);
static DEFINE_SPINLOCK(ports_lock);
static unsigned int written;

int read(char *to, int count)
{
	memset(to, 'r', count);
	return count;
}

int write(const char *from, int count)
{
	return from[count - 1] == 'r' ? count : -EIO;
}

static void bug_at(struct work_struct *work)
{
	char text[8];

	written += write(text, read(text, sizeof(text)));
}

static void work_init(struct port *port)
{
	INIT_WORK(&port->work, bug_at);
}

static unsigned long jiffies_now(void)
{
	return jiffies;
}

static struct port *first_zone(unsigned int number)
{
	struct port *port;

	hash_for_each_possible_rcu(ports, port, hash, number)
		if (port->number == number)
			return port;
	return NULL;
}

static int list_init(unsigned int number)
{
	struct port *port = kzalloc(sizeof(*port), GFP_KERNEL);

	if (!port)
		return -ENOMEM;
	port->number = number;
	work_init(port);
	spin_lock(&ports_lock);
	hash_add_rcu(ports, &port->hash, number);
	spin_unlock(&ports_lock);
	schedule_work(&port->work);
	return 0;
}

int remove(struct port *port)
{
	cancel_work_sync(&port->work);
	spin_lock(&ports_lock);
	hash_del_rcu(&port->hash);
	spin_unlock(&ports_lock);
	kfree_rcu(port, rcu);
	return 0;
}

static void run_initcalls(void)
{
	struct hlist_node *next;
	struct port *port;
	int bucket;

	hash_for_each_safe(ports, bucket, next, port, hash)
		remove(port);
}

static int __init names_init(void)
{
	unsigned long start = jiffies_now();

	for (unsigned int number = 0; number < 12; number++) {
		int error = list_init(number);

		if (error) {
			run_initcalls();
			return error;
		}
	}
	rcu_read_lock();
	if (!first_zone(7))
		pr_err("port 7 is lost\n");
	rcu_read_unlock();
	pr_info("%lu\n", jiffies_now() - start);
	return 0;
}

static void __exit names_exit(void)
{
	run_initcalls();
	pr_info("%u bytes\n", written);
}

module_init(names_init);
module_exit(names_exit);
MODULE_LICENSE("GPL");
