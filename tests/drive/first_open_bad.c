/* SPDX-License-Identifier: MIT */
/* Two tasks that open at once both find no buffer, and one of the two is lost. */
/* options: --schedules 40 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static char *shared;
static unsigned int users;
static DEFINE_MUTEX(shared_lock);

static int shared_open(struct inode *inode, struct file *file)
{
	int error = 0;

	if (!shared) {
		char *fresh = kzalloc(64, GFP_KERNEL); /* finding: leak */

		if (fresh)
			shared = fresh;
		else
			error = -ENOMEM;
	}
	users += !error;
	return error;
}

static int shared_release(struct inode *inode, struct file *file)
{
	users--;
	return 0;
}

static const struct file_operations shared_fops = {
	.owner = THIS_MODULE, .open = shared_open, .release = shared_release,
};
static int major;

/* Not a miscdevice: those are opened one at a time. */
static int __init shared_init(void)
{
	mutex_init(&shared_lock);
	major = register_chrdev(0, "shared", &shared_fops);
	return major < 0 ? major : 0;
}

static void __exit shared_exit(void)
{
	unregister_chrdev(major, "shared");
	kfree(shared);
}
module_init(shared_init);
module_exit(shared_exit);
MODULE_LICENSE("GPL");
