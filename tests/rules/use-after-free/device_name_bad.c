/* SPDX-License-Identifier: MIT */
/* On the way out of probe the name is freed with the rest, and the misc device still gets it. */
/* options: --schedules 1 --no-sweep */
#include <linux/device.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct sensor {
	struct miscdevice misc;
	struct platform_device *parent;
	char *name;
};

static struct sensor *sensor;
static const struct file_operations sensor_fops = { .owner = THIS_MODULE };

static int sensor_show(struct sensor *s)
{
	s->misc.minor = MISC_DYNAMIC_MINOR;
	s->misc.name = s->name;
	s->misc.fops = &sensor_fops;
	return misc_register(&s->misc); /* finding: use-after-free */
}

static int __init sensor_init(void)
{
	int error = -ENOMEM;

	sensor = kzalloc(sizeof(*sensor), GFP_KERNEL);
	if (!sensor)
		return -ENOMEM;
	sensor->name = kasprintf(GFP_KERNEL, "sensor-%u", 3);
	if (!sensor->name)
		goto out;
	sensor->parent = platform_device_register_simple(sensor->name, -1, NULL, 0);
	kfree(sensor->name);
	if (IS_ERR(sensor->parent)) {
		error = PTR_ERR(sensor->parent);
		goto out;
	}
	error = sensor_show(sensor);
	if (!error)
		return 0;
	platform_device_unregister(sensor->parent);
out:
	kfree(sensor);
	return error;
}

static void __exit sensor_exit(void)
{
	misc_deregister(&sensor->misc);
	platform_device_unregister(sensor->parent);
	kfree(sensor);
}

module_init(sensor_init);
module_exit(sensor_exit);
MODULE_LICENSE("GPL");
