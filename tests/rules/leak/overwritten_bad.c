/* SPDX-License-Identifier: MIT */
/* A setting is replaced while the module runs; what it was is not freed, and nobody knows it. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/workqueue.h>

struct settings { char *name; int revision; };

static struct settings settings;
static struct delayed_work update;

static void on_update(struct work_struct *work)
{
	char *fresh = kasprintf(GFP_KERNEL, "revision-%d", ++settings.revision); /* finding: leak */

	if (!fresh)
		return;
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
