/* SPDX-License-Identifier: MIT */
/* copy_to_user() with a spin lock held. */
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
	if (copy_to_user(to, text, length)) { /* finding: sleep-in-atomic */
		spin_unlock(&state_lock);
		return -EFAULT;
	}
	spin_unlock(&state_lock);
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
