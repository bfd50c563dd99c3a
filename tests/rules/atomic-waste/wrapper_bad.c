/* SPDX-License-Identifier: MIT */
/* A wrapper passes the flags on: the caller that could wait asks for the reserve. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct note { struct note *next; int value; };

static struct note *notes;
static struct timer_list timer;

static noinline struct note *note_alloc(int value, gfp_t flags)
{
	struct note *note = kzalloc(sizeof(*note), flags);

	if (note)
		note->value = value;
	return note;
}

static void note_push(struct note *note)
{
	if (!note)
		return;
	note->next = notes;
	notes = note;
}

static void on_timer(struct timer_list *unused)
{
	note_push(note_alloc(2, GFP_ATOMIC));
}

static int __init notes_init(void)
{
	note_push(note_alloc(0, GFP_KERNEL));
	note_push(note_alloc(1, GFP_ATOMIC)); /* finding: atomic-waste */
	timer_setup(&timer, on_timer, 0);
	mod_timer(&timer, jiffies + 2);
	return 0;
}

static void __exit notes_exit(void)
{
	timer_delete_sync(&timer);
	while (notes) {
		struct note *next = notes->next;

		kfree(notes);
		notes = next;
	}
}

module_init(notes_init);
module_exit(notes_exit);
MODULE_LICENSE("GPL");
