/* SPDX-License-Identifier: MIT */
/* chrdev_test.c - device numbers, cdevs and files: who is found, what is refused, what is left */
#define KMALLOC_CHECKED 1
#include <kmalloc/machine.h>
#include <linux/cdev.h>
#include <linux/err.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/string.h>
#include "fs/fs_room.h"
#include "test.h"

static unsigned int opened, released;
static char text[16] = "abcdef";

static int t_open(struct inode *inode, struct file *file)
{
	opened++;
	return iminor(inode) == 3 ? -EBUSY : 0;
}

static int t_release(struct inode *inode, struct file *file)
{
	released++;
	return 0;
}

static ssize_t t_read(struct file *file, char __user *to, size_t bytes, loff_t *at)
{
	return simple_read_from_buffer(to, bytes, at, text, 6);
}

static ssize_t t_write(struct file *file, const char __user *from, size_t bytes, loff_t *at)
{
	return simple_write_to_buffer(text, sizeof(text), at, from, bytes);
}

static const struct file_operations t_fops = {
	.open = t_open, .release = t_release, .read = t_read, .write = t_write,
	.llseek = default_llseek,
};
static const struct file_operations bare_fops = { .open = t_open };

static void regions_do_not_overlap(void)
{
	dev_t first, second;

	REQUIRE(!alloc_chrdev_region(&first, 0, 4, "one"));
	CHECK_EQ(MAJOR(first), 254);
	REQUIRE(!alloc_chrdev_region(&second, 0, 1, "two"));
	CHECK(MAJOR(second) != MAJOR(first));
	CHECK_EQ(register_chrdev_region(first + 3, 1, "inside"), -EBUSY);
	CHECK_EQ(register_chrdev_region(first + 4, 1, "behind"), 0);
	CHECK_EQ(register_chrdev_region(MKDEV(CHRDEV_MAJOR_MAX, 0), 1, "high"), -EINVAL);
	unregister_chrdev_region(first + 4, 1);
	unregister_chrdev_region(first, 4);
	CHECK_EQ(register_chrdev_region(first, 4, "again"), 0);
	unregister_chrdev_region(first, 4);
	unregister_chrdev_region(second, 1);
}

static void files_are_read_and_written_at_their_position(void)
{
	static char user[16];
	int major = register_chrdev(0, "chip", &t_fops);
	struct file *file;

	REQUIRE(major > 0);
	chrdev_name_all();
	file = file_open("/dev/chip", O_RDWR);
	REQUIRE(!IS_ERR(file));
	CHECK_EQ(file_read(file, user, 4), 4);
	CHECK_EQ(file->f_pos, 4);
	CHECK_EQ(file_read(file, user + 4, 4), 2);
	CHECK(!strcmp(user, "abcdef"));
	CHECK_EQ(file_lseek(file, 1, SEEK_SET), 1);
	CHECK_EQ(file_write(file, "XY", 2), 2);
	CHECK(!strncmp(text, "aXYdef", 6));
	CHECK_EQ(file_lseek(file, -9, SEEK_CUR), -EINVAL);
	CHECK_EQ(file_ioctl(file, 1, 2), -ENOTTY);
	CHECK_EQ(file_poll(file, NULL), DEFAULT_POLLMASK);
	CHECK_EQ(file_mmap(file), -ENODEV);
	file_close(file);
	CHECK_EQ(released, 1);
	CHECK_EQ(opened, 1);
	CHECK_EQ(PTR_ERR(file_open("/dev/chip3", O_RDWR)), -EBUSY);
	CHECK_EQ(released, 1);
	unregister_chrdev(major, "chip");
	CHECK_EQ(PTR_ERR(file_open("/dev/chip", O_RDWR)), -ENOENT);
}

static void what_a_file_cannot_do_is_refused(void)
{
	struct miscdevice misc = {
		.minor = MISC_DYNAMIC_MINOR, .name = "bare", .fops = &bare_fops,
	};
	struct miscdevice same = { .minor = 0, .name = "same", .fops = &bare_fops };
	static char user[4];
	struct file *file;

	REQUIRE(!misc_register(&misc));
	CHECK_EQ(misc.minor, 127);
	CHECK(!strcmp(dev_name(misc.this_device), "bare"));
	same.minor = misc.minor;
	CHECK_EQ(misc_register(&same), -EBUSY);
	file = file_open("/dev/bare", O_RDONLY);
	REQUIRE(!IS_ERR(file));
	CHECK(file->private_data == &misc);
	CHECK_EQ(file_read(file, user, 4), -EINVAL);
	CHECK_EQ(file_write(file, user, 4), -EBADF);
	CHECK_EQ(file_lseek(file, 0, SEEK_SET), -ESPIPE);
	file_close(file);
	misc_deregister(&misc);
	CHECK_EQ(misc.minor, MISC_DYNAMIC_MINOR);
}

static void an_open_file_keeps_its_module(void)
{
	static struct module owner;
	static struct file_operations fops = { .owner = &owner, .read = t_read };
	struct miscdevice misc = {
		.minor = MISC_DYNAMIC_MINOR, .name = "kept", .fops = &fops,
	};
	struct file *file;

	REQUIRE(!misc_register(&misc));
	file = file_open("/dev/kept", O_RDONLY);
	REQUIRE(!IS_ERR(file));
	CHECK_EQ(module_refcount(&owner), 1);
	file_close(file);
	CHECK_EQ(module_refcount(&owner), 0);
	misc_deregister(&misc);
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(setup, T(regions_do_not_overlap), T(files_are_read_and_written_at_their_position),
	 T(what_a_file_cannot_do_is_refused), T(an_open_file_keeps_its_module));
