/* SPDX-License-Identifier: MIT */
/*
 * module.h - the one module of a checked program
 */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/list.h>
#include <linux/stat.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/cache.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/export.h>
#include <linux/moduleparam.h>
#include <linux/jump_label.h>
#include <linux/notifier.h>
#include <linux/string.h>
/* With a kernel tree at hand its xarray.h comes along, as on Linux (kobject, sysfs, idr). */
#ifdef KM_TREE
#include <linux/xarray.h>
#endif

#define MODULE_NAME_LEN	(64 - sizeof(unsigned long))

enum module_state {
	MODULE_STATE_LIVE,
	MODULE_STATE_COMING,
	MODULE_STATE_GOING,
	MODULE_STATE_UNFORMED,
};

struct kunit_suite;
struct module {
	enum module_state state;
	struct list_head list;
	char name[MODULE_NAME_LEN];
	int refs;
	int (*init)(void);
	void (*exit)(void);
	int num_kunit_init_suites;
	struct kunit_suite **kunit_init_suites;
	int num_kunit_suites;
	struct kunit_suite **kunit_suites;
};

#define MODULE_INFO(tag, info)		__MODULE_INFO(tag, tag, info)
#define MODULE_ALIAS(_alias)		MODULE_INFO(alias, _alias)
#define MODULE_SOFTDEP(_softdep)	MODULE_INFO(softdep, _softdep)
#define MODULE_WEAKDEP(_weakdep)	MODULE_INFO(weakdep, _weakdep)
#define MODULE_LICENSE(_license)	MODULE_INFO(license, _license)
#define MODULE_AUTHOR(_author)		MODULE_INFO(author, _author)
#define MODULE_DESCRIPTION(_description)	MODULE_INFO(description, _description)
#define MODULE_VERSION(_version)	MODULE_INFO(version, _version)
#define MODULE_FIRMWARE(_firmware)	MODULE_INFO(firmware, _firmware)
#define MODULE_IMPORT_NS(ns)		MODULE_INFO(import_ns, __stringify(ns))
#define MODULE_ALIAS_NETPROTO(proto)	MODULE_ALIAS("net-pf-" __stringify(proto))
#define MODULE_ALIAS_FS(name)		MODULE_ALIAS("fs-" name)
#define MODULE_DEVICE_TABLE(type, name)                                                            \
	static const void *const __mod_device_table_##name __used = (name)

static inline bool try_module_get(struct module *module)
{
	if (module)
		__atomic_add_fetch(&module->refs, 1, __ATOMIC_SEQ_CST);
	return true;
}

static inline void __module_get(struct module *module)
{
	try_module_get(module);
}

static inline void module_put(struct module *module)
{
	if (module)
		__atomic_sub_fetch(&module->refs, 1, __ATOMIC_SEQ_CST);
}

static inline int module_refcount(struct module *module)
{
	return __atomic_load_n(&module->refs, __ATOMIC_SEQ_CST);
}

#define module_name(mod)	((mod) ? (mod)->name : "kernel")

static inline bool module_is_live(struct module *mod)
{
	return mod->state != MODULE_STATE_GOING;
}

int register_module_notifier(struct notifier_block *nb) KM_SYM(register_module_notifier);
int unregister_module_notifier(struct notifier_block *nb) KM_SYM(unregister_module_notifier);
/* Tells the notifiers that @mod entered @state; the loader's part. */
int km_module_state_change(struct module *mod, enum module_state state) KM_SYM(module_state_change);

/* What a loader calls: set a parameter by name ("name" or "module.name"); -ENOENT if there is none.
 */
int km_module_param_set(const char *name, const char *value) KM_SYM(module_param_set);
int km_module_param_set_in(const struct kernel_param *param, const struct kernel_param *end,
			   const char *name, const char *value) KM_SYM(module_param_set_in);
/* Runs the records of section km_initcalls in level order; returns how many failed. */
int km_run_initcalls(void) KM_SYM(run_initcalls);

#define symbol_get(x)	(&(x))
#define symbol_put(x)	do { } while (0)

#endif
