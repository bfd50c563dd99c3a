/* SPDX-License-Identifier: MIT */
/*
 * boot.c - configure, boot and shut down the one machine of a process
 *
 * Owns: whether the machine is up.
 * B1  Rooms come up in the order of rooms.txt and go down in reverse; a room that fails takes down
 *     those before it.
 * B2  Rules are armed last and disarmed first: what the engine does for itself is not judged.
 * Context: the process's first thread.
 */
#include <linux/printk.h>
#include <linux/errno.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include "fs/fs_room.h"
#include "kapi/kapi.h"
#include "kern/kern.h"
#include "machine/machine_room.h"
#include "page/page_room.h"
#include "pool/pool_room.h"
#include "percpu/percpu_room.h"
#include "reclaim/reclaim_room.h"
#include "rules/rules.h"
#include "slab/slab_room.h"
#include "vmap/vmap_room.h"

static bool is_up, has_rules;

bool machine_is_up(void)
{
	return is_up;
}

static int boot_allocators(const struct km_config *config)
{
	bool is_watched = config->watch_all || config->rules || profile_wanted ||
			  config->guard_pages;
	int error = page_boot(config->init_on_alloc, config->init_on_free, is_watched);

	if (error)
		return error;
	error = reclaim_boot();
	if (error)
		goto out_page;
	error = percpu_boot(is_watched);
	if (error)
		goto out_reclaim;
	slab_guards = config->guard_pages;
	error = slab_boot(is_watched);
	if (error)
		goto out_percpu;
	error = vmap_boot(is_watched);
	if (error)
		goto out_slab;
	pool_boot(is_watched);
	error = kapi_boot(is_watched);
	if (error)
		goto out_vmap;
	fs_boot();
	return 0;
out_vmap:
	vmap_shutdown();
out_slab:
	slab_shutdown();
out_percpu:
	percpu_shutdown();
out_reclaim:
	reclaim_shutdown();
out_page:
	page_shutdown();
	return error;
}

static int boot_rules(const char *list)
{
	int error;

	has_rules = false;
	if (!list && !profile_wanted)
		return 0;
	record_fallback(&machine_text_sink);
	error = rules_boot(list ? list : "");
	if (error)
		return error;
	has_rules = true;
	slab_retell();
	if (!list)
		return 0;
	kern_fault_handler = crash_fault;
	pr_info("libkmalloc: %u rules armed\n", rules_armed());
	return 0;
}

static unsigned long shut_allocators(void)
{
	unsigned long left;

	kapi_shutdown();
	left = vmap_shutdown();
	left += slab_shutdown();
	left += percpu_shutdown();
	reclaim_shutdown();
	return left + page_shutdown();
}

int km_machine_boot(const struct km_config *config)
{
	static const struct km_config none;
	int error;

	if (is_up)
		return -EBUSY;
	if (!config)
		config = &none;
	error = km_port_boot(&kern_port_hooks);
	if (error)
		return error;
	error = options_set(config->command_line);
	if (error)
		goto out_port;
	error = kern_boot();
	if (error)
		goto out_port;
	error = boot_allocators(config);
	if (error)
		goto out_kern;
	error = boot_rules(config->rules);
	if (error) {
		shut_allocators();
		goto out_kern;
	}
	page_slab_pages = machine_slab_pages;
	is_up = true;
	return 0;
out_kern:
	kern_shutdown();
out_port:
	km_port_shutdown();
	return error;
}

static void say_left(const char *kind, const void *object, uintptr_t pc, const char *name,
		     void *arg)
{
	pr_warn("libkmalloc: %s %s is left at shutdown\n", kind, name ? name : "");
}

unsigned long km_machine_shutdown(void)
{
	unsigned long left;

	if (!is_up)
		return 0;
	kvfree_rcu_barrier();
	rcu_barrier();
	if (has_rules) {
		rules_shutdown();
		kern_fault_handler = NULL;
	}
	left = kern_left(say_left, NULL);
	left += reclaim_left(say_left, NULL);
	page_slab_pages = NULL;
	left += shut_allocators();
	kern_shutdown();
	km_port_shutdown();
	is_up = false;
	return left;
}
