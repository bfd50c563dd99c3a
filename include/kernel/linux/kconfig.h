/* SPDX-License-Identifier: MIT */
/* kconfig.h - the configuration this library presents, and IS_ENABLED(); force-included */
#ifndef __LINUX_KCONFIG_H
#define __LINUX_KCONFIG_H

#ifndef __KERNEL__
#define __KERNEL__ 1
#endif

#define CONFIG_64BIT 1
#define CONFIG_SMP 1
#define CONFIG_MMU 1
#define CONFIG_NR_CPUS 64
#define CONFIG_HZ 1000
#define CONFIG_PREEMPTION 1
#define CONFIG_PREEMPT_COUNT 1
#define CONFIG_PREEMPT_RCU 1
#define CONFIG_DEBUG_ATOMIC_SLEEP 1
#define CONFIG_ZONE_DMA 1
#define CONFIG_ZONE_DMA32 1
#define CONFIG_PRINTK 1
#define CONFIG_BUG 1
/* As a kernel with KUnit built in and no loadable modules: `kmalloc check` of KUnit suites. */
#ifdef KM_KUNIT
#define CONFIG_KUNIT 1
#define CONFIG_KUNIT_DEFAULT_ENABLED 1
#else
#define CONFIG_MODULES 1
#endif
#define CONFIG_XARRAY_MULTI 1
#define CONFIG_PAGE_SHIFT 12
#define CONFIG_RCU_STALL_COMMON 1
#define CONFIG_BASE_SMALL 0

/*
 * An option is on when it is defined as 1: then pasting it behind KM_OPTION_ makes a comma, which
 * shifts a 1 into the second place; else the second place holds a 0.  Usable in #if too.
 */
#define KM_OPTION_1			~,
#define KM_OPTION_SECOND(first, second, ...)	second
#define KM_OPTION_PICK(shift)		KM_OPTION_SECOND(shift 1, 0, 0)
#define KM_OPTION_PASTE(value)		KM_OPTION_PICK(KM_OPTION_##value)
#define __is_defined(x)			KM_OPTION_PASTE(x)
#define IS_BUILTIN(option)		__is_defined(option)
#define IS_MODULE(option)		__is_defined(option##_MODULE)
#define IS_ENABLED(option)		(IS_BUILTIN(option) || IS_MODULE(option))
#define IS_REACHABLE(option)	\
	(IS_BUILTIN(option) || (IS_MODULE(option) && __is_defined(MODULE)))

#endif
