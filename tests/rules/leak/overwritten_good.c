/* SPDX-License-Identifier: MIT */
/* The same: the old name goes when the new one is there. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/workqueue.h>

struct settings { char *name; int revision; };

static struct settings settings;
static struct delayed_work update;

static void on_update(struct work_struct *work)
{
	char *fresh = kasprintf(GFP_KERNEL, "revision-%d", ++settings.revision);

	if (!fresh)
		return;
	kfree(settings.name);
	settings.name = fresh;
	if (settings.revision < 3)
		schedule_delayed_work(&update, 2);
}

static int __init settings_init(void)
{
	INIT_DELAYED_WORK(&update, on_update);
	schedule_delayed_work(&update, 2);
	return 0;
}

static void __exit settings_exit(void)
{
	cancel_delayed_work_sync(&update);
	kfree(settings.name);
}

module_init(settings_init);
module_exit(settings_exit);
MODULE_LICENSE("GPL");
