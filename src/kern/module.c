// SPDX-License-Identifier: MIT
/*
 * module.c - the one module of a program: its parameters by name, its initcalls, who wants to know
 * of its life
 *
 * M1  Sections __param and km_initcalls exist only in programs that have entries; their bounds are
 * weak and may be NULL. Sleeps where the called initcall or notifier does.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <kern/parts.h>
#include "kern/tell.h"

extern const struct kernel_param __start___param[] __weak, __stop___param[] __weak;
extern const struct km_initcall __start_km_initcalls[] __weak, __stop_km_initcalls[] __weak;

extern struct module __this_module KM_SYM(__this_module);
struct module __this_module = { .state = MODULE_STATE_UNFORMED, .name = "module" };

static BLOCKING_NOTIFIER_HEAD(module_notifiers);

int register_module_notifier(struct notifier_block *nb)
{
	int error = blocking_notifier_chain_register(&module_notifiers, nb);

	if (!error)
		undone_new("register_module_notifier", nb, WATCH_CALLER(), WATCH_FRAME());
	return error;
}

int unregister_module_notifier(struct notifier_block *nb)
{
	int error = blocking_notifier_chain_unregister(&module_notifiers, nb);

	if (!error)
		resource_gone("module notifier", nb, WATCH_CALLER(), WATCH_FRAME());
	return error;
}

int km_module_state_change(struct module *mod, enum module_state state)
{
	mod->state = state;
	return notifier_to_errno(blocking_notifier_call_chain(&module_notifiers, state, mod));
}

/* As on a command line: '-' and '_' are the same. */
static bool param_name_is(const char *name, const char *wanted)
{
	for (; *name && *wanted; name++, wanted++)
		if (*name != *wanted &&
		    !((*name == '_' || *name == '-') && (*wanted == '_' || *wanted == '-')))
			return false;
	return *name == *wanted;
}

int km_module_param_set_in(const struct kernel_param *param, const struct kernel_param *end,
			   const char *name, const char *value)
{
	const char *bare;

	for (; param < end; param++) {
		bare = strrchr(param->name, '.');
		if (!param_name_is(param->name, name) && !(bare && param_name_is(bare + 1, name)))
			continue;
		if (!value && !(param->ops->flags & KERNEL_PARAM_OPS_FL_NOARG))
			return -EINVAL;
		return param->ops->set ? param->ops->set(value, param) : -EPERM;
	}
	return -ENOENT;
}

int km_module_param_set(const char *name, const char *value)
{
	return km_module_param_set_in(__start___param, __stop___param, name, value);
}

int km_run_initcalls(void)
{
	const struct km_initcall *record;
	unsigned long level;
	int failed = 0, ret;

	for (level = 0; level <= 7; level++)
		for (record = __start_km_initcalls; record < __stop_km_initcalls; record++) {
			if (record->level != level)
				continue;
			ret = record->call();
			if (ret)
				pr_warn("initcall %pS returned %d\n", record->call, ret);
			failed += ret != 0;
		}
	return failed;
}
