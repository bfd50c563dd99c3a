/* SPDX-License-Identifier: MIT */
/*
 * bug.h - WARN and BUG
 *
 * Both are findings when rules are armed.  BUG() does not return.  The value of WARN_ON() is its
 * condition.
 */
#ifndef _LINUX_BUG_H
#define _LINUX_BUG_H

#include <linux/compiler.h>
#include <linux/build_bug.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/once_lite.h>

#define CUT_HERE	"------------[ cut here ]------------\n"

void km_bug_at(const char *file, int line, const char *function) KM_SYM(bug_at) __noreturn __cold;
void km_warn_at(const char *file, int line) KM_SYM(warn_at) __cold;
void km_warn_printk_at(const char *file, int line, unsigned int taint, const char *fmt, ...)
	KM_SYM(warn_printk_at) __printf(4, 5) __cold;

#define BUG()			km_bug_at(__FILE__, __LINE__, __func__)
#define BUG_ON(condition)	do { if (unlikely(condition)) BUG(); } while (0)

#define __WARN()	km_warn_at(__FILE__, __LINE__)
#define __WARN_printf(taint, arg...)	km_warn_printk_at(__FILE__, __LINE__, taint, arg)

#define WARN_ON(condition)	({					\
	int __ret_warn_on = !!(condition);				\
	if (unlikely(__ret_warn_on))					\
		__WARN();						\
	unlikely(__ret_warn_on); })
#define WARN(condition, format...)	({				\
	int __ret_warn_on = !!(condition);				\
	if (unlikely(__ret_warn_on))					\
		__WARN_printf(TAINT_WARN, format);			\
	unlikely(__ret_warn_on); })
#define WARN_TAINT(condition, taint, format...)	({			\
	int __ret_warn_on = !!(condition);				\
	if (unlikely(__ret_warn_on))					\
		__WARN_printf(taint, format);				\
	unlikely(__ret_warn_on); })
#define WARN_ON_ONCE(condition)	DO_ONCE_LITE_IF(condition, WARN_ON, 1)
#define WARN_ONCE(condition, format...)	DO_ONCE_LITE_IF(condition, WARN, 1, format)
#define WARN_TAINT_ONCE(condition, taint, format...)                                               \
	DO_ONCE_LITE_IF(condition, WARN_TAINT, 1, taint, format)
#define WARN_ON_SMP(x)		WARN_ON(x)

#define CHECK_DATA_CORRUPTION(condition, addr, fmt, ...)	({	\
	bool corruption = unlikely(condition);				\
	if (corruption)							\
		WARN(1, fmt, ##__VA_ARGS__);				\
	corruption; })

#endif
