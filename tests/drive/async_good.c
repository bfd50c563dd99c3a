/* SPDX-License-Identifier: MIT */
/* Who wants to hear of news is put on a list, which has a lock of its own. */
/* options: --schedules 8 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct bell {
	struct fasync_struct *listeners;
	struct timer_list timer;
	unsigned int rung;
};
static struct bell *bell;

static void bell_ring(struct timer_list *timer)
{
	struct bell *rings = from_timer(rings, timer, timer);

	rings->rung++;
	kill_fasync(&rings->listeners, SIGIO, POLL_IN);
	if (rings->rung < 20)
		mod_timer(&rings->timer, jiffies + 1);
}

static int bell_fasync(int fd, struct file *file, int on)
{
	return fasync_helper(fd, file, on, &bell->listeners);
}

static const struct file_operations bell_ops = { .owner = THIS_MODULE, .fasync = bell_fasync };
static struct miscdevice bell_device = {
	.minor = MISC_DYNAMIC_MINOR, .name = "bell", .fops = &bell_ops,
};

static int __init bell_init(void)
{
	int error;

	bell = kzalloc(sizeof(*bell), GFP_KERNEL);
	if (!bell)
		return -ENOMEM;
	timer_setup(&bell->timer, bell_ring, 0);
	mod_timer(&bell->timer, jiffies + 1);
	error = misc_register(&bell_device);
	if (!error)
		return 0;
	timer_shutdown_sync(&bell->timer);
	kfree(bell);
	return error;
}

static void __exit bell_exit(void)
{
	misc_deregister(&bell_device);
	timer_shutdown_sync(&bell->timer);
	kfree(bell);
}
module_init(bell_init);
module_exit(bell_exit);
MODULE_LICENSE("GPL");
