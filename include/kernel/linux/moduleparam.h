/* SPDX-License-Identifier: MIT */
/*
 * moduleparam.h - parameters of a module, settable by name
 *
 * Each module_param() leaves a struct kernel_param in section __param; km_module_param_set()
 * (linux/module.h) finds it by name.
 */
#ifndef _LINUX_MODULE_PARAMS_H
#define _LINUX_MODULE_PARAMS_H

#include <linux/init.h>
#include <linux/stringify.h>
#include <linux/array_size.h>
#include <linux/build_bug.h>
#include <linux/stat.h>

#ifdef MODULE
#define MODULE_PARAM_PREFIX
#else
#define MODULE_PARAM_PREFIX	KBUILD_MODNAME "."
#endif

#define MAX_PARAM_PREFIX_LEN	(64 - sizeof(unsigned long))

/* A string `tag=info` per statement in section .modinfo, as modinfo(8) reads it. */
#define __MODULE_INFO(tag, name, info)	__MODULE_INFO_AT(tag, info, __COUNTER__)
#define __MODULE_INFO_AT(tag, info, n)	__MODULE_INFO_AT2(tag, info, n)
#define __MODULE_INFO_AT2(tag, info, n)                                                            \
	static const char __modinfo_##n[] __used __section(".modinfo")                             \
		__aligned(1) = __MODULE_INFO_PREFIX #tag "=" info
#define __MODULE_INFO_PREFIX
#define __MODULE_PARM_TYPE(name, _type)	__MODULE_INFO(parmtype, name##type, #name ":" _type)
#define MODULE_PARM_DESC(_parm, desc)	__MODULE_INFO(parm, _parm, #_parm ":" desc)

struct kernel_param;

enum {
	KERNEL_PARAM_OPS_FL_NOARG = (1 << 0),	/* the name alone, without =value, is allowed */
};

struct kernel_param_ops {
	unsigned int flags;
	int (*set)(const char *val, const struct kernel_param *kp);
	int (*get)(char *buffer, const struct kernel_param *kp);
	void (*free)(void *arg);
};

enum {
	KERNEL_PARAM_FL_UNSAFE = (1 << 0),
	KERNEL_PARAM_FL_HWPARAM = (1 << 1),
};

struct module;
struct kparam_string;
struct kparam_array;

struct kernel_param {
	const char *name;
	struct module *mod;
	const struct kernel_param_ops *ops;
	u16 perm;
	s8 level;
	u8 flags;
	union {
		void *arg;
		const struct kparam_string *str;
		const struct kparam_array *arr;
	};
};

struct kparam_string {
	unsigned int maxlen;
	char *string;
};

struct kparam_array {
	unsigned int max;
	unsigned int elemsize;
	unsigned int *num;
	const struct kernel_param_ops *ops;
	void *elem;
};

#define __module_param_call(prefix, name, ops, arg, perm, level, flags)			\
	static const char __param_str_##name[] = prefix #name;				\
	static struct kernel_param const __param_##name					\
	__used __section("__param") __aligned(__alignof__(struct kernel_param))		\
	= { __param_str_##name, (struct module *)0, ops, perm, level, flags, { arg } }

#define module_param(name, type, perm)		module_param_named(name, name, type, perm)
#define module_param_unsafe(name, type, perm)	module_param_named_unsafe(name, name, type, perm)
#define module_param_named(name, value, type, perm)					\
	param_check_##type(name, &(value));						\
	module_param_cb(name, &param_ops_##type, &value, perm);				\
	__MODULE_PARM_TYPE(name, #type)
#define module_param_named_unsafe(name, value, type, perm)				\
	param_check_##type(name, &(value));						\
	module_param_cb_unsafe(name, &param_ops_##type, &value, perm);			\
	__MODULE_PARM_TYPE(name, #type)
#define module_param_cb(name, ops, arg, perm)						\
	__module_param_call(MODULE_PARAM_PREFIX, name, ops, arg, perm, -1, 0)
#define module_param_cb_unsafe(name, ops, arg, perm)					\
	__module_param_call(MODULE_PARAM_PREFIX, name, ops, arg, perm, -1, KERNEL_PARAM_FL_UNSAFE)
#define core_param(name, var, type, perm)						\
	param_check_##type(name, &(var));						\
	__module_param_call("", name, &param_ops_##type, &var, perm, -1, 0)
#define module_param_string(name, string, len, perm)					\
	static const struct kparam_string __param_string_##name = { len, string };	\
	__module_param_call(MODULE_PARAM_PREFIX, name, &param_ops_string,		\
			    (void *)&__param_string_##name, perm, -1, 0);		\
	__MODULE_PARM_TYPE(name, "string")
#define module_param_array(name, type, nump, perm)                                                 \
	module_param_array_named(name, name, type, nump, perm)
#define module_param_array_named(name, array, type, nump, perm)				\
	param_check_##type(name, &(array)[0]);						\
	static const struct kparam_array __param_arr_##name = {				\
		.max = ARRAY_SIZE(array), .num = nump, .ops = &param_ops_##type,	\
		.elemsize = sizeof(array[0]), .elem = array };				\
	__module_param_call(MODULE_PARAM_PREFIX, name, &param_array_ops,		\
			    (void *)&__param_arr_##name, perm, -1, 0);			\
	__MODULE_PARM_TYPE(name, "array of " #type)

/* A declaration whose only use is that the compiler compares the types. */
#define __param_check(name, p, type) \
	static inline type __always_unused *__check_##name(void) { return (p); }

#define PARAM_OPS(name)                                                                            \
	extern const struct kernel_param_ops param_ops_##name KM_SYM(param_ops_##name);            \
	int param_set_##name(const char *val, const struct kernel_param *kp)                       \
		KM_SYM(param_set_##name);                                                          \
	int param_get_##name(char *buffer, const struct kernel_param *kp) KM_SYM(param_get_##name);
PARAM_OPS(byte)
PARAM_OPS(short)
PARAM_OPS(ushort)
PARAM_OPS(int)
PARAM_OPS(uint)
PARAM_OPS(long)
PARAM_OPS(ulong)
PARAM_OPS(ullong)
PARAM_OPS(hexint)
PARAM_OPS(charp)
PARAM_OPS(bool)
PARAM_OPS(invbool)
#undef PARAM_OPS
extern const struct kernel_param_ops param_ops_bint KM_SYM(param_ops_bint);
int param_set_bint(const char *val, const struct kernel_param *kp) KM_SYM(param_set_bint);
extern const struct kernel_param_ops param_array_ops KM_SYM(param_array_ops);
extern const struct kernel_param_ops param_ops_string KM_SYM(param_ops_string);
int param_set_copystring(const char *val, const struct kernel_param *kp)
	KM_SYM(param_set_copystring);
int param_get_string(char *buffer, const struct kernel_param *kp) KM_SYM(param_get_string);
int param_set_uint_minmax(const char *val, const struct kernel_param *kp, unsigned int min,
			  unsigned int max) KM_SYM(param_set_uint_minmax);

#define param_get_bint param_get_int
#define param_check_byte(name, p)	__param_check(name, p, unsigned char)
#define param_check_short(name, p)	__param_check(name, p, short)
#define param_check_ushort(name, p)	__param_check(name, p, unsigned short)
#define param_check_int(name, p)	__param_check(name, p, int)
#define param_check_uint(name, p)	__param_check(name, p, unsigned int)
#define param_check_long(name, p)	__param_check(name, p, long)
#define param_check_ulong(name, p)	__param_check(name, p, unsigned long)
#define param_check_ullong(name, p)	__param_check(name, p, unsigned long long)
#define param_check_hexint(name, p)	param_check_uint(name, p)
#define param_check_charp(name, p)	__param_check(name, p, char *)
#define param_check_bool(name, p)	__param_check(name, p, bool)
#define param_check_invbool(name, p)	__param_check(name, p, bool)
#define param_check_bint		param_check_int

static inline void kernel_param_lock(struct module *mod) { }
static inline void kernel_param_unlock(struct module *mod) { }

/* A boot parameter: nobody passes a command line here, so the handler is only kept. */
#define __setup_param(str, unique_id, fn, early)                                                   \
	static const void *const __setup_##unique_id __used = (fn);
#define __setup(str, fn)	__setup_param(str, fn, fn, 0)
#define early_param(str, fn)	__setup_param(str, fn, fn, 1)

#endif
