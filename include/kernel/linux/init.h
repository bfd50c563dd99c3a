/* SPDX-License-Identifier: MIT */
/*
 * init.h - module entry points and initcalls
 *
 * With MODULE defined, module_init(f) defines init_module and module_exit(f) cleanup_module; both
 * macros are complete definitions.  Without it, module_init(f) and the *_initcall(f) leave a record
 * in section km_initcalls, which km_run_initcalls() (linux/module.h) runs in level order;
 * module_exit(f) only keeps f from being unused.
 */
#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H

#include <linux/compiler_types.h>
#include <linux/stringify.h>
#include <linux/types.h>

#define __init		__cold
#define __exit		__cold
#define __initdata
#define __initconst
#define __exitdata
#define __exit_call	__used
#define __ref
#define __refdata
#define __refconst
#define __init_or_module
#define __initdata_or_module
#define __initconst_or_module
#define __ro_after_init
#define __read_mostly_init
#define __meminit
#define __meminitdata
#define __devinit
#define __devexit
#define __cpuinit

#ifndef __ASSEMBLY__
typedef int (*initcall_t)(void);
typedef void (*exitcall_t)(void);

struct km_initcall {
	initcall_t call;
	unsigned long level;	/* 0 pure, 1 core .. 6 device, 7 late */
};

#ifndef MODULE

#define __define_initcall(fn, id)                                                                  \
	static const struct km_initcall __initcall_##fn##id __used __section(                      \
		"km_initcalls") = { fn, id };
#define pure_initcall(fn)	__define_initcall(fn, 0)
#define core_initcall(fn)	__define_initcall(fn, 1)
#define postcore_initcall(fn)	__define_initcall(fn, 2)
#define arch_initcall(fn)	__define_initcall(fn, 3)
#define subsys_initcall(fn)	__define_initcall(fn, 4)
#define fs_initcall(fn)		__define_initcall(fn, 5)
#define device_initcall(fn)	__define_initcall(fn, 6)
#define late_initcall(fn)	__define_initcall(fn, 7)
#define __initcall(fn)		device_initcall(fn)
#define __exitcall(fn)		static const exitcall_t __exitcall_##fn __used = fn;
#define module_init(fn)		__initcall(fn)
#define module_exit(fn)		__exitcall(fn)

#else

#define early_initcall(fn)	module_init(fn)
#define core_initcall(fn)	module_init(fn)
#define postcore_initcall(fn)	module_init(fn)
#define arch_initcall(fn)	module_init(fn)
#define subsys_initcall(fn)	module_init(fn)
#define fs_initcall(fn)		module_init(fn)
#define device_initcall(fn)	module_init(fn)
#define late_initcall(fn)	module_init(fn)

/* The inline function makes the compiler check the type of @initfn. */
#define module_init(initfn)							\
	static inline initcall_t __maybe_unused __inittest(void)		\
	{ return initfn; }							\
	int init_module(void) __copy(initfn) __attribute__((alias(#initfn)));
#define module_exit(exitfn)							\
	static inline exitcall_t __maybe_unused __exittest(void)		\
	{ return exitfn; }							\
	void cleanup_module(void) __copy(exitfn) __attribute__((alias(#exitfn)));

#endif
#endif
#endif
