/* SPDX-License-Identifier: MIT */
/*
 * machine.h - configure, boot and shut down the one machine of a process
 */
#ifndef KMALLOC_MACHINE_H
#define KMALLOC_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct km_config {
	bool watch_all;		/* every cache and every page call goes through the door */
	bool init_on_alloc;	/* zero memory when it is handed out (Linux init_on_alloc=1) */
	bool init_on_free;
	/*
	 * Each slab object has pages of its own, and ends where one without access begins; with
	 * rules, what was freed loses access as long as the quarantine keeps it. For code that is
	 * not instrumented. Takes two pages and more an object.
	 */
	bool guard_pages;
	const char *rules;	/* "all", or NULL for none, or a comma list of rule ids */
	/*
	 * Linux's boot options, separated by spaces ("init_on_alloc=1 min_free_kbytes=512"); NULL
	 * for none. docs/machine.md lists them. A word that is not known refuses the boot.
	 */
	const char *command_line;
};

/**
 * km_machine_boot() - boot the machine: port, kern, watch, page, slab, vmap, kapi, rules, in room
 * order
 * @config: NULL for defaults (nothing watched)
 * Context: the process's first thread, once. Return: 0 or a negative errno; a second call without
 * shutdown is -EBUSY.
 */
int km_machine_boot(const struct km_config *config);

/**
 * km_machine_shutdown() - empty the rooms in reverse order
 * Return: how many things were left (objects, caches, pages, areas, threads, timers); each was
 * reported.
 */
unsigned long km_machine_shutdown(void);

/**
 * km_drop_slab() - ask every shrinker for all it has, then give back what the engine keeps
 *
 * What "echo 2 > /proc/sys/vm/drop_caches" does; kernel-side files call it drop_slab().
 * Context: task, may sleep.  Cost: every shrinker, at most eleven times.
 */
void km_drop_slab(void);

#ifdef __cplusplus
}
#endif
#endif
