/* SPDX-License-Identifier: MIT */
/*
 * module_run.h - run one module from init to exit; freestanding types only, so that a hosted runner
 * can call it
 */
#ifndef MACHINE_MODULE_RUN_H
#define MACHINE_MODULE_RUN_H

#include <stdbool.h>
#include <stdint.h>

/* A module that the one under test needs: loaded before it and unloaded after it. */
struct module_loaded {
	const char *name;	/* NULL ends a list of them */
	int (*init)(void);	/* NULL: there is none */
	void (*exit)(void);
	/* its struct kernel_param */
	const void *params, *params_end;
};

struct km_port_thread;

struct module_plan {
	/* before what is made is the module's: built-in libraries' set-up; NULL for none */
	void (*boot)(void);
	/* NULL: there are only tests */
	int (*init)(void);
	/* in the order of their loading; NULL for none */
	const struct module_loaded *loaded;
	/* KUnit's suites, after init; NULL for none */
	int (*tests)(void);
	/* NULL: a module with init cannot be unloaded, and nothing is expected back */
	void (*exit)(void);
	/* let time pass until the machine is quiet; false: it never was */
	bool (*settle)(uint64_t ns);
	uint64_t settle_ns;
	/* how long the module runs between init and exit; NULL: settle_ns */
	uint64_t (*running_ns)(uint64_t limit);
	/* what user space does: steps (drive.h), "auto" and commands, or NULL: none */
	const char *drive;
	/* of a step that went otherwise than it should, by the script's line */
	void (*note)(const char *kind, unsigned int line, const char *text);
	/* it waits, and nothing will end that: tell, and do not return; NULL: wait on */
	void (*stuck)(struct km_port_thread *thread);
	/* init, running, exit, done; ret: what init returned */
	void (*phase)(const char *phase, const int *ret);
};

struct module_totals {
	unsigned long allocations, sites, findings;
};

unsigned int module_rules_armed(void);
/* Before the machine boots: each allocation that may reclaim memory runs all shrinkers. */
void module_reclaim_always(bool is_wanted);
/*
 * @name is "param" or "module.param".  Before module_run(). Return: 0, -ENOENT, or what the
 * parameter's type said.
 */
int module_set(const char *name, const char *value);
int module_set_of(const struct module_loaded *loaded, const char *name, const char *value);
/* Context: the boot thread, machine up.  Return: what init returned. */
int module_run(const struct module_plan *plan);
/* Hands every site over with its totals (km_sink.site at_end). */
void module_sites_end(void);
void module_totals(struct module_totals *ret_totals);

#endif
