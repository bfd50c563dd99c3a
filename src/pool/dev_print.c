/* SPDX-License-Identifier: MIT */
/*
 * dev_print.c - messages about a device: "driver device: text"
 *
 * Owns nothing.  Any context, as printk.
 */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/printk.h>

const char *dev_driver_string(const struct device *dev)
{
	const struct device_driver *driver = READ_ONCE(dev->driver);

	return driver ? driver->name : dev_bus_name(dev);
}

static void dev_say(const char *level, const struct device *dev, struct va_format *text)
{
	if (dev)
		printk("%s%s %s: %pV", level, dev_driver_string(dev), dev_name(dev), text);
	else
		printk("%s(NULL device *): %pV", level, text);
}

#define DEV_SAY(level, dev, fmt)						\
	do {									\
		struct va_format text = { .fmt = (fmt) };			\
		va_list args;							\
										\
		va_start(args, fmt);						\
		text.va = &args;						\
		dev_say((level), (dev), &text);					\
		va_end(args);							\
	} while (0)

void _dev_printk(const char *level, const struct device *dev, const char *fmt, ...)
{
	DEV_SAY(level, dev, fmt);
}

void _dev_emerg(const struct device *dev, const char *fmt, ...)
{
	DEV_SAY(KERN_EMERG, dev, fmt);
}

void _dev_alert(const struct device *dev, const char *fmt, ...)
{
	DEV_SAY(KERN_ALERT, dev, fmt);
}

void _dev_crit(const struct device *dev, const char *fmt, ...)
{
	DEV_SAY(KERN_CRIT, dev, fmt);
}

void _dev_err(const struct device *dev, const char *fmt, ...)
{
	DEV_SAY(KERN_ERR, dev, fmt);
}

void _dev_warn(const struct device *dev, const char *fmt, ...)
{
	DEV_SAY(KERN_WARNING, dev, fmt);
}

void _dev_notice(const struct device *dev, const char *fmt, ...)
{
	DEV_SAY(KERN_NOTICE, dev, fmt);
}

void _dev_info(const struct device *dev, const char *fmt, ...)
{
	DEV_SAY(KERN_INFO, dev, fmt);
}

int dev_err_probe(const struct device *dev, int err, const char *fmt, ...)
{
	struct va_format text = { .fmt = fmt };
	va_list args;

	/* A driver that waits for another, or ran out of memory, has nothing new to say. */
	if (err == -EPROBE_DEFER || err == -ENOMEM)
		return err;
	va_start(args, fmt);
	text.va = &args;
	_dev_err(dev, "error %pe: %pV", ERR_PTR(err), &text);
	va_end(args);
	return err;
}
