/* SPDX-License-Identifier: MIT */
/* What does not fit in the buffer is cut: its size is said. */
/* options: --no-sweep --schedules 1 */
#include <linux/kfifo.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

struct mailbox {
	struct kfifo_rec_ptr_1 ring;
	spinlock_t lock;
	char *last;
};

static struct mailbox mailbox;

static void mailbox_put(struct mailbox *box, const char *text)
{
	if (!kfifo_in_spinlocked(&box->ring, text, strlen(text), &box->lock))
		pr_warn("mailbox: full\n");
}

static unsigned int mailbox_take(struct mailbox *box)
{
	struct kfifo_rec_ptr_1 *ring = &box->ring;

	return kfifo_out_spinlocked(ring, box->last, 16, &box->lock);
}

static int __init mailbox_init(void)
{
	int error;

	spin_lock_init(&mailbox.lock);
	error = kfifo_alloc(&mailbox.ring, 256, GFP_KERNEL);
	if (error)
		return error;
	mailbox.last = kzalloc(16, GFP_KERNEL);
	if (!mailbox.last) {
		kfifo_free(&mailbox.ring);
		return -ENOMEM;
	}
	mailbox_put(&mailbox, "short");
	mailbox_put(&mailbox, "a text of more than sixteen");
	while (!kfifo_is_empty(&mailbox.ring))
		if (!mailbox_take(&mailbox))
			break;
	return 0;
}

static void __exit mailbox_exit(void)
{
	kfree(mailbox.last);
	kfifo_free(&mailbox.ring);
}

module_init(mailbox_init);
module_exit(mailbox_exit);
MODULE_LICENSE("GPL");
