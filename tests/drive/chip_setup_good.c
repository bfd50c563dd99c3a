/* SPDX-License-Identifier: MIT */
/* Each step of the set-up is undone. */
/* options: --schedules 2 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/cdev.h>
#include <linux/device.h>

static dev_t first;
static struct cdev chip;
static struct class *chip_class;
static struct device *chip_device;

static ssize_t chip_read(struct file *file, char __user *to, size_t bytes, loff_t *at)
{
	return simple_read_from_buffer(to, bytes, at, "chip\n", 5);
}

static const struct file_operations chip_fops = {
	.owner = THIS_MODULE, .read = chip_read, .llseek = default_llseek,
};

static int __init chip_init(void)
{
	int error = alloc_chrdev_region(&first, 0, 1, "chip");

	if (error)
		return error;
	cdev_init(&chip, &chip_fops);
	chip.owner = THIS_MODULE;
	error = cdev_add(&chip, first, 1);
	if (error)
		goto out_region;
	chip_class = class_create("chip");
	if (IS_ERR(chip_class)) {
		error = PTR_ERR(chip_class);
		goto out_cdev;
	}
	chip_device = device_create(chip_class, NULL, first, NULL, "chip%d", 0);
	if (IS_ERR(chip_device)) {
		error = PTR_ERR(chip_device);
		goto out_class;
	}
	return 0;
out_class:
	class_destroy(chip_class);
out_cdev:
	cdev_del(&chip);
out_region:
	unregister_chrdev_region(first, 1);
	return error;
}

static void __exit chip_exit(void)
{
	device_destroy(chip_class, first);
	class_destroy(chip_class);
	cdev_del(&chip);
	unregister_chrdev_region(first, 1);
}
module_init(chip_init);
module_exit(chip_exit);
MODULE_LICENSE("GPL");
