/* SPDX-License-Identifier: MIT */
/*
 * dev_printk.h - messages about a device: "driver device: text"; any context
 */
#ifndef _DEVICE_PRINTK_H_
#define _DEVICE_PRINTK_H_

#include <linux/compiler.h>
#include <linux/types.h>
#include <linux/ratelimit.h>
#include <linux/printk.h>
#include <linux/bug.h>

#ifndef dev_fmt
#define dev_fmt(fmt) fmt
#endif

struct device;

/* @dev NULL: "(NULL device *): text". */
void _dev_printk(const char *level, const struct device *dev, const char *fmt, ...)
	KM_SYM(_dev_printk) __printf(3, 4);
void _dev_emerg(const struct device *dev, const char *fmt, ...)
	KM_SYM(_dev_emerg) __printf(2, 3);
void _dev_alert(const struct device *dev, const char *fmt, ...)
	KM_SYM(_dev_alert) __printf(2, 3);
void _dev_crit(const struct device *dev, const char *fmt, ...)
	KM_SYM(_dev_crit) __printf(2, 3);
void _dev_err(const struct device *dev, const char *fmt, ...)
	KM_SYM(_dev_err) __printf(2, 3);
void _dev_warn(const struct device *dev, const char *fmt, ...)
	KM_SYM(_dev_warn) __printf(2, 3);
void _dev_notice(const struct device *dev, const char *fmt, ...)
	KM_SYM(_dev_notice) __printf(2, 3);
void _dev_info(const struct device *dev, const char *fmt, ...)
	KM_SYM(_dev_info) __printf(2, 3);

#define dev_printk(level, dev, fmt, ...)	_dev_printk(level, dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_emerg(dev, fmt, ...)	_dev_emerg(dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_alert(dev, fmt, ...)	_dev_alert(dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_crit(dev, fmt, ...)		_dev_crit(dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_err(dev, fmt, ...)		_dev_err(dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_warn(dev, fmt, ...)		_dev_warn(dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_notice(dev, fmt, ...)	_dev_notice(dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_info(dev, fmt, ...)		_dev_info(dev, dev_fmt(fmt), ##__VA_ARGS__)
#ifdef DEBUG
#define dev_dbg(dev, fmt, ...)		dev_printk(KERN_DEBUG, dev, fmt, ##__VA_ARGS__)
#else
#define dev_dbg(dev, fmt, ...)							\
	({									\
		if (0)								\
			dev_printk(KERN_DEBUG, dev, fmt, ##__VA_ARGS__);	\
	})
#endif
#ifdef VERBOSE_DEBUG
#define dev_vdbg	dev_dbg
#else
#define dev_vdbg(dev, fmt, ...)							\
	({									\
		if (0)								\
			dev_printk(KERN_DEBUG, dev, fmt, ##__VA_ARGS__);	\
	})
#endif

#define dev_level_once(dev_level, dev, fmt, ...)				\
	do {									\
		static bool __print_once;					\
										\
		if (!__print_once) {						\
			__print_once = true;					\
			dev_level(dev, fmt, ##__VA_ARGS__);			\
		}								\
	} while (0)
#define dev_emerg_once(dev, fmt, ...)	dev_level_once(dev_emerg, dev, fmt, ##__VA_ARGS__)
#define dev_alert_once(dev, fmt, ...)	dev_level_once(dev_alert, dev, fmt, ##__VA_ARGS__)
#define dev_crit_once(dev, fmt, ...)	dev_level_once(dev_crit, dev, fmt, ##__VA_ARGS__)
#define dev_err_once(dev, fmt, ...)	dev_level_once(dev_err, dev, fmt, ##__VA_ARGS__)
#define dev_warn_once(dev, fmt, ...)	dev_level_once(dev_warn, dev, fmt, ##__VA_ARGS__)
#define dev_notice_once(dev, fmt, ...)	dev_level_once(dev_notice, dev, fmt, ##__VA_ARGS__)
#define dev_info_once(dev, fmt, ...)	dev_level_once(dev_info, dev, fmt, ##__VA_ARGS__)
#define dev_dbg_once(dev, fmt, ...)	dev_level_once(dev_dbg, dev, fmt, ##__VA_ARGS__)

#define dev_level_ratelimited(dev_level, dev, fmt, ...)				\
	do {									\
		static DEFINE_RATELIMIT_STATE(_rs, DEFAULT_RATELIMIT_INTERVAL,	\
					      DEFAULT_RATELIMIT_BURST);		\
		if (__ratelimit(&_rs))						\
			dev_level(dev, fmt, ##__VA_ARGS__);			\
	} while (0)
#define dev_emerg_ratelimited(dev, fmt, ...)	\
	dev_level_ratelimited(dev_emerg, dev, fmt, ##__VA_ARGS__)
#define dev_crit_ratelimited(dev, fmt, ...)	\
	dev_level_ratelimited(dev_crit, dev, fmt, ##__VA_ARGS__)
#define dev_err_ratelimited(dev, fmt, ...)	\
	dev_level_ratelimited(dev_err, dev, fmt, ##__VA_ARGS__)
#define dev_warn_ratelimited(dev, fmt, ...)	\
	dev_level_ratelimited(dev_warn, dev, fmt, ##__VA_ARGS__)
#define dev_notice_ratelimited(dev, fmt, ...)	\
	dev_level_ratelimited(dev_notice, dev, fmt, ##__VA_ARGS__)
#define dev_info_ratelimited(dev, fmt, ...)	\
	dev_level_ratelimited(dev_info, dev, fmt, ##__VA_ARGS__)
#define dev_dbg_ratelimited(dev, fmt, ...)	\
	dev_level_ratelimited(dev_dbg, dev, fmt, ##__VA_ARGS__)

#define dev_WARN(dev, format, arg...)						\
	WARN(1, "%s %s: " format, dev_driver_string(dev), dev_name(dev), ## arg)
#define dev_WARN_ONCE(dev, condition, format, arg...)				\
	WARN_ONCE(condition, "%s %s: " format, dev_driver_string(dev), dev_name(dev), ## arg)

/* Says why a probe failed, and returns @err; -EPROBE_DEFER is said at debug level only. */
int dev_err_probe(const struct device *dev, int err, const char *fmt, ...)
	KM_SYM(dev_err_probe) __printf(3, 4);
#define dev_err_ptr_probe(dev, err, fmt, ...)	\
	ERR_PTR(dev_err_probe(dev, err, fmt, ##__VA_ARGS__))

#endif
