/* SPDX-License-Identifier: MIT */
/* All that the driver shows goes, directories with what is in them; on error paths too. */
#include <linux/cdev.h>
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/reboot.h>
#include <linux/seq_file.h>

static struct dentry *folder;
static struct proc_dir_entry *entries;
static struct cdev meter_cdev;
static dev_t meter_number;
static u32 level;

static const struct file_operations meter_fops = { .owner = THIS_MODULE };
static struct miscdevice meter_misc = {
	.minor = MISC_DYNAMIC_MINOR, .name = "meter", .fops = &meter_fops,
};

static int level_show(struct seq_file *file, void *unused)
{
	seq_printf(file, "%u\n", level);
	return 0;
}

static int meter_reboot(struct notifier_block *block, unsigned long event, void *data)
{
	return NOTIFY_DONE;
}

static struct notifier_block meter_block = { .notifier_call = meter_reboot };

static int meter_files(void)
{
	folder = debugfs_create_dir("meter", NULL);
	debugfs_create_u32("level", 0444, folder, &level);
	entries = proc_mkdir("meter", NULL);
	if (entries && proc_create_single("level", 0444, entries, level_show) &&
	    proc_create_single("meter_level", 0444, NULL, level_show))
		return 0;
	if (entries)
		proc_remove(entries);
	debugfs_remove(folder);
	return -ENOMEM;
}

static void meter_files_remove(void)
{
	remove_proc_entry("meter_level", NULL);
	remove_proc_subtree("meter", NULL);
	debugfs_remove(folder);
}

static int __init meter_init(void)
{
	int error = alloc_chrdev_region(&meter_number, 0, 1, "meter");

	if (error)
		return error;
	error = meter_files();
	if (error)
		goto out_number;
	cdev_init(&meter_cdev, &meter_fops);
	error = cdev_add(&meter_cdev, meter_number, 1);
	if (error)
		goto out_files;
	error = misc_register(&meter_misc);
	if (error)
		goto out_cdev;
	register_reboot_notifier(&meter_block);
	return 0;

out_cdev:
	cdev_del(&meter_cdev);
out_files:
	meter_files_remove();
out_number:
	unregister_chrdev_region(meter_number, 1);
	return error;
}

static void __exit meter_exit(void)
{
	unregister_reboot_notifier(&meter_block);
	misc_deregister(&meter_misc);
	cdev_del(&meter_cdev);
	meter_files_remove();
	unregister_chrdev_region(meter_number, 1);
}

module_init(meter_init);
module_exit(meter_exit);
MODULE_LICENSE("GPL");
