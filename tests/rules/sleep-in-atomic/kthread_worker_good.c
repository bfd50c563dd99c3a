/* SPDX-License-Identifier: MIT */
/* The handler queues, which it may; who waits holds nothing. */
/* options: --no-sweep --schedules 1 */
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

static DEFINE_SPINLOCK(panel_lock);
static struct kthread_worker *panel_worker;
static struct kthread_work panel_work;
static struct timer_list panel_timer;
static unsigned int frames;

static void panel_draw(struct kthread_work *work)
{
	spin_lock(&panel_lock);
	frames++;
	spin_unlock(&panel_lock);
}

static void panel_tick(struct timer_list *timer)
{
	kthread_queue_work(panel_worker, &panel_work);
}

static void panel_off(void)
{
	kthread_cancel_work_sync(&panel_work);
	spin_lock(&panel_lock);
	frames = 0;
	spin_unlock(&panel_lock);
}

static int __init panel_init(void)
{
	panel_worker = kthread_create_worker(0, "panel");
	if (IS_ERR(panel_worker))
		return PTR_ERR(panel_worker);
	kthread_init_work(&panel_work, panel_draw);
	timer_setup(&panel_timer, panel_tick, 0);
	mod_timer(&panel_timer, jiffies + 1);
	return 0;
}

static void __exit panel_exit(void)
{
	timer_shutdown_sync(&panel_timer);
	panel_off();
	kthread_destroy_worker(panel_worker);
}

module_init(panel_init);
module_exit(panel_exit);
MODULE_LICENSE("GPL");
