/* SPDX-License-Identifier: MIT */
/* IS_ERR() is the question. */
/* options: --schedules 1 */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>

static struct kthread_worker *meter_worker;
static struct kthread_work meter_work;
static unsigned int reads;

static void meter_read(struct kthread_work *work)
{
	reads++;
}

static int __init meter_init(void)
{
	meter_worker = kthread_create_worker(0, "meter");
	if (IS_ERR(meter_worker))
		return PTR_ERR(meter_worker);
	kthread_init_work(&meter_work, meter_read);
	kthread_queue_work(meter_worker, &meter_work);
	return 0;
}

static void __exit meter_exit(void)
{
	kthread_destroy_worker(meter_worker);
}

module_init(meter_init);
module_exit(meter_exit);
MODULE_LICENSE("GPL");
