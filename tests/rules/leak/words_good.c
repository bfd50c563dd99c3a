/* SPDX-License-Identifier: MIT */
/* The words of a command line: one that is not known is passed over, and they are given back. */
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/nmi.h>
#include <linux/slab.h>
#include <linux/string.h>

static char *mode = "  fast raw\tbogus ";
module_param(mode, charp, 0444);

static int words_use(const char *text)
{
	int count, known = 0;
	char **words = argv_split(GFP_KERNEL, text, &count);

	if (!words)
		return -ENOMEM;
	set_user_nice(current, 5);
	for (int i = 0; words[i]; i++) {
		touch_softlockup_watchdog();
		if (!strcmp(words[i], "fast") || !strcmp(words[i], "raw"))
			known++;
	}
	argv_free(words);
	return count == 3 ? known : -EINVAL;
}

static int __init words_init(void)
{
	int known = words_use(mode);

	return known < 0 ? known : 0;
}

static void __exit words_exit(void)
{
}

module_init(words_init);
module_exit(words_exit);
MODULE_LICENSE("GPL");
