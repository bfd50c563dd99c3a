/* SPDX-License-Identifier: MIT */
/* miscdevice.h - character devices with major 10 and one minor number each */
#ifndef _LINUX_MISCDEVICE_H
#define _LINUX_MISCDEVICE_H

#include <linux/device.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/major.h>
#include <linux/types.h>

#define WATCHDOG_MINOR		130
#define MISC_DYNAMIC_MINOR	255

struct attribute_group;

struct miscdevice {
	int minor;			/* MISC_DYNAMIC_MINOR: misc_register() gives one */
	const char *name;
	const struct file_operations *fops;
	struct list_head list;
	struct device *parent;
	struct device *this_device;
	const struct attribute_group **groups;
	const char *nodename;
	umode_t mode;
};

/* 0; -EBUSY for a minor that is taken; -ENOMEM.  file->private_data is the miscdevice at open(). */
int misc_register(struct miscdevice *misc) KM_SYM(misc_register);
void misc_deregister(struct miscdevice *misc) KM_SYM(misc_deregister);

#define MODULE_ALIAS_MISCDEV(minor)	MODULE_ALIAS("char-major-10-" __stringify(minor))
#define builtin_misc_device(__misc_device)	builtin_driver(__misc_device, misc_register)
#define module_misc_device(__misc_device)	\
	module_driver(__misc_device, misc_register, misc_deregister)

#endif
