/* SPDX-License-Identifier: MIT */
/* The text is taken out under the lock, and copied after it. */
/* options: --no-sweep */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static DEFINE_SPINLOCK(state_lock);
static char state[32] = "idle\n";

static ssize_t state_read(struct file *file, char __user *to, size_t bytes, loff_t *at)
{
	char text[32];
	size_t length;

	if (*at)
		return 0;
	spin_lock(&state_lock);
	strscpy(text, state, sizeof(text));
	length = min(bytes, strlen(text));
	spin_unlock(&state_lock);
	if (copy_to_user(to, text, length))
		return -EFAULT;
	*at += length;
	return length;
}

static const struct file_operations state_fops = {
	.owner = THIS_MODULE,
	.read = state_read,
};

static struct miscdevice state_misc = {
	.minor = MISC_DYNAMIC_MINOR, .name = "state", .fops = &state_fops,
};
module_misc_device(state_misc);
MODULE_LICENSE("GPL");
