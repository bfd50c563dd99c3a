/* SPDX-License-Identifier: MIT */
/* A page for what is written, and no more than that is taken. */
/* options: --no-sweep --schedules 0 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static char *page;

static ssize_t letter_write(struct file *file, const char __user *from, size_t count, loff_t *at)
{
	char *text;
	ssize_t ret = count;

	if (count > PAGE_SIZE)
		return -EMSGSIZE;
	text = kmalloc(PAGE_SIZE, GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	if (copy_from_user(text, from, count))
		ret = -EFAULT;
	else
		swap(page, text);
	kfree(text);
	return ret;
}

static ssize_t letter_read(struct file *file, char __user *to, size_t count, loff_t *at)
{
	static const char greeting[64] = "dear all,";

	return copy_to_user(to, greeting, min(count, sizeof(greeting))) ? -EFAULT : 0;
}

static const struct file_operations letter_ops = {
	.owner = THIS_MODULE, .write = letter_write, .read = letter_read,
};
static struct miscdevice letter_device = {
	.minor = MISC_DYNAMIC_MINOR, .name = "letter", .fops = &letter_ops,
};

static int __init letter_init(void)
{
	return misc_register(&letter_device);
}

static void __exit letter_exit(void)
{
	misc_deregister(&letter_device);
	kfree(page);
}
module_init(letter_init);
module_exit(letter_exit);
MODULE_LICENSE("GPL");
