/* SPDX-License-Identifier: MIT */
/* What a script's echo writes, as a shell would: words, quotes, blanks, nothing. */
/* options: --no-sweep --schedules 0 */
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static char said[64];
static size_t length;

static ssize_t words_write(struct file *file, const char __user *from, size_t count, loff_t *at)
{
	if (count > sizeof(said))
		return -E2BIG;
	if (copy_from_user(said, from, count))
		return -EFAULT;
	length = count;
	return count;
}

static ssize_t words_read(struct file *file, char __user *to, size_t count, loff_t *at)
{
	return simple_read_from_buffer(to, count, at, said, length);
}

static const struct proc_ops words_ops = {
	.proc_write = words_write, .proc_read = words_read, .proc_lseek = default_llseek,
};

static int __init words_init(void)
{
	return proc_create("words", 0600, NULL, &words_ops) ? 0 : -ENOMEM;
}

static void __exit words_exit(void)
{
	remove_proc_entry("words", NULL);
}
module_init(words_init);
module_exit(words_exit);
MODULE_LICENSE("GPL");
