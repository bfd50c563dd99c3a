/* SPDX-License-Identifier: MIT */
/*
 * uevent.c - what user space would be told of a kobject; nobody listens
 *
 * The text is put together all the same: the set's own functions run, memory is asked for, and the
 * caller must be able to sleep.
 */
#include "kapi/sysfs.h"
#include "kern/tell.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "slab/slab.h"

static const char *const action_names[] = {
	[KOBJ_ADD] = "add",	  [KOBJ_REMOVE] = "remove",   [KOBJ_CHANGE] = "change",
	[KOBJ_MOVE] = "move",	  [KOBJ_ONLINE] = "online",   [KOBJ_OFFLINE] = "offline",
	[KOBJ_BIND] = "bind",	  [KOBJ_UNBIND] = "unbind",
};

int add_uevent_var(struct kobj_uevent_env *env, const char *format, ...)
{
	size_t room = sizeof(env->buf) - env->buflen;
	va_list args;
	int length;

	if (WARN(env->envp_idx >= UEVENT_NUM_ENVP - 1, "add_uevent_var: too many keys\n"))
		return -ENOMEM;
	va_start(args, format);
	touch_format(ASKER(), format, args);
	length = vsnprintf(env->buf + env->buflen, room, format, args);
	va_end(args);
	if (WARN(length >= (int)room, "add_uevent_var: buffer size too small\n"))
		return -ENOMEM;
	env->envp[env->envp_idx++] = env->buf + env->buflen;
	env->buflen += length + 1;
	return 0;
}

/* The set that has a say: the kobject's, or the nearest above it. */
static const struct kset *set_of(const struct kobject *kobj)
{
	while (kobj && !kobj->kset)
		kobj = kobj->parent;
	return kobj ? kobj->kset : NULL;
}

static int fill(struct kobj_uevent_env *env, const struct kobject *kobj, const char *action,
		char *more[])
{
	int error = add_uevent_var(env, "ACTION=%s", action);

	if (!error)
		error = add_uevent_var(env, "DEVPATH=%s", kobj->sd ? kobj->sd->path + 4 : "");
	for (int i = 0; more && more[i] && !error; i++)
		error = add_uevent_var(env, "%s", more[i]);
	return error;
}

static int send(struct kobject *kobj, enum kobject_action action, char *more[],
		const struct slab_call *call)
{
	const struct kset *kset = set_of(kobj);
	const struct kset_uevent_ops *ops = kset ? kset->uevent_ops : NULL;
	struct kobj_uevent_env *env;
	int error;

	if (!kset)
		return -EINVAL;
	if (kobj->uevent_suppress || (ops && ops->filter && !ops->filter(kobj)))
		return 0;
	env = kmalloc_call(sizeof(*env), GFP_KERNEL | __GFP_ZERO, call);
	if (!env)
		return -ENOMEM;
	error = fill(env, kobj, action_names[action], more);
	if (!error && ops && ops->uevent)
		error = ops->uevent(kobj, env);
	if (!error && action == KOBJ_ADD)
		kobj->state_add_uevent_sent = 1;
	if (!error && action == KOBJ_REMOVE)
		kobj->state_remove_uevent_sent = 1;
	kfree_call(env, call);
	return error;
}

int kobject_uevent_env(struct kobject *kobj, enum kobject_action action, char *envp_ext[])
{
	km_might_sleep("kobject_uevent_env");
	return send(kobj, action, envp_ext, KMALLOC_CALL("kobject_uevent_env"));
}

int kobject_uevent(struct kobject *kobj, enum kobject_action action)
{
	km_might_sleep("kobject_uevent");
	return send(kobj, action, NULL, KMALLOC_CALL("kobject_uevent"));
}
