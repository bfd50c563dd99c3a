/* SPDX-License-Identifier: MIT */
/* Three calls below the probe a switch looks at a mode that the probe chose. */
#include <linux/module.h>
#include <linux/slab.h>

enum link_mode { LINK_AUTO, LINK_FIXED, LINK_OFF };

struct link_settings {
	enum link_mode mode;
	unsigned int speed;
};

struct link {
	struct link_settings settings;
	unsigned int index;
};

static struct link *link;

static unsigned int settings_speed(const struct link_settings *settings)
{
	switch (settings->mode) {
	case LINK_FIXED:
		return settings->speed;
	case LINK_OFF:
		return 0;
	default:
		return 1000;
	}
}

static unsigned int link_speed(const struct link *asked)
{
	return settings_speed(&asked->settings);
}

static void link_start(struct link *started)
{
	pr_info("link %u: %u Mbit/s\n", started->index, link_speed(started));
}

static int __init link_init(void)
{
	link = kmalloc(sizeof(*link), GFP_KERNEL);
	if (!link)
		return -ENOMEM;
	link->index = 0;
	link->settings = (struct link_settings){ .mode = LINK_AUTO, .speed = 100 };
	link_start(link);
	return 0;
}

static void __exit link_exit(void)
{
	kfree(link);
}

module_init(link_init);
module_exit(link_exit);
MODULE_LICENSE("GPL");
