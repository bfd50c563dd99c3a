/* SPDX-License-Identifier: MIT */
/* The number of entries is the user's, whatever it is. */
/* options: --no-sweep --schedules 0 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct list {
	__u32 count, unused;
	__u64 entries;
};
#define LIST_LOAD	_IOW('l', 1, struct list)

static long list_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	struct list list;
	u64 *entries;
	long ret;

	if (command != LIST_LOAD)
		return -ENOTTY;
	if (copy_from_user(&list, (void __user *)argument, sizeof(list)))
		return -EFAULT;
	entries = kmalloc_array(list.count, sizeof(*entries), GFP_KERNEL); /* finding: warn */
	if (!entries)
		return -ENOMEM;
	ret = copy_from_user(entries, u64_to_user_ptr(list.entries),
			     array_size(list.count, sizeof(*entries))) ? -EFAULT : 0;
	kfree(entries);
	return ret;
}

static const struct file_operations list_ops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = list_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};
static struct miscdevice list_device = {
	.minor = MISC_DYNAMIC_MINOR, .name = "list", .fops = &list_ops,
};
module_misc_device(list_device);
MODULE_LICENSE("GPL");
