/* SPDX-License-Identifier: MIT */
/* Only the error path has the large buffer: a dump of everything. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/sprintf.h>

struct unit {
	char name[16];
	u32 state[4];
};

static struct unit *unit;

static void dump(const char *why)
{ /* finding: stack-overflow */
	char text[18000];

	scnprintf(text, sizeof(text), "cannot start: %s", why);
	pr_info("%s\n", text);
}

static int __init error_path_init(void)
{
	unit = kzalloc(sizeof(*unit), GFP_KERNEL);
	if (!unit) {
		dump("no memory");
		return -ENOMEM;
	}
	return 0;
}

static void __exit error_path_exit(void)
{
	kfree(unit);
}

module_init(error_path_init);
module_exit(error_path_exit);
MODULE_LICENSE("GPL");
