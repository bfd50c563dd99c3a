/* SPDX-License-Identifier: MIT */
/* Only the first row is tested; the timer writes to all of them. */
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timer.h>

#define ROWS 4

static char *rows[ROWS];

static void rows_clear(struct timer_list *timer)
{
	for (int i = 0; i < ROWS; i++)
		rows[i][0] = 0; /* finding: null-unchecked */
}
static DEFINE_TIMER(clear_timer, rows_clear);

static void rows_free(void)
{
	for (int i = 0; i < ROWS; i++)
		kfree(rows[i]);
}

static int __init display_init(void)
{
	for (int i = 0; i < ROWS; i++)
		rows[i] = kmemdup("........", 9, GFP_KERNEL);
	if (!rows[0]) {
		rows_free();
		return -ENOMEM;
	}
	mod_timer(&clear_timer, jiffies + 1);
	return 0;
}

static void __exit display_exit(void)
{
	timer_delete_sync(&clear_timer);
	rows_free();
}

module_init(display_init);
module_exit(display_exit);
MODULE_LICENSE("GPL");
