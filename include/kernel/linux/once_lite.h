/* SPDX-License-Identifier: MIT */
/* once_lite.h - call a function the first time only; not guarded against two CPUs at once, as in
 * Linux */
#ifndef _LINUX_ONCE_LITE_H
#define _LINUX_ONCE_LITE_H

#include <linux/types.h>

#define DO_ONCE_LITE(func, ...)	DO_ONCE_LITE_IF(true, func, ##__VA_ARGS__)

#define __ONCE_LITE_IF(condition)	({					\
	static bool __already_done;						\
	bool __ret_cond = !!(condition);					\
	bool __ret_once = false;						\
	if (__builtin_expect(__ret_cond && !__already_done, 0)) {		\
		__already_done = true;						\
		__ret_once = true;						\
	}									\
	__builtin_expect(__ret_once, 0); })

#define DO_ONCE_LITE_IF(condition, func, ...)	({				\
	bool __ret_do_once = !!(condition);					\
	if (__ONCE_LITE_IF(__ret_do_once))					\
		func(__VA_ARGS__);						\
	__builtin_expect(__ret_do_once, 0); })

#endif
