/* SPDX-License-Identifier: MIT */
/* The index is held against the table. */
/* options: --no-sweep */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#define SLOT_SET _IOW('s', 2, struct slot)
struct slot { unsigned int index, value; };
static unsigned int *slots;

static long slot_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	struct slot slot;

	if (command != SLOT_SET)
		return -ENOTTY;
	if (copy_from_user(&slot, (const void __user *)argument, sizeof(slot)))
		return -EFAULT;
	if (slot.index >= 8)
		return -EINVAL;
	slots[slot.index] = slot.value;
	return 0;
}

static const struct file_operations slot_fops = {
	.owner = THIS_MODULE, .unlocked_ioctl = slot_ioctl,
};
static struct miscdevice slot_misc = {
	.minor = MISC_DYNAMIC_MINOR, .name = "slot", .fops = &slot_fops,
};

static int __init slot_init(void)
{
	int error;

	slots = kcalloc(8, sizeof(*slots), GFP_KERNEL);
	if (!slots)
		return -ENOMEM;
	error = misc_register(&slot_misc);
	if (error)
		kfree(slots);
	return error;
}

static void __exit slot_exit(void)
{
	misc_deregister(&slot_misc);
	kfree(slots);
}
module_init(slot_init);
module_exit(slot_exit);
MODULE_LICENSE("GPL");
