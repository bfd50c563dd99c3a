// SPDX-License-Identifier: MIT
/*
 * boot.c - configure, start and stop the simulated machine
 */
#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "state.h"

static struct sim_config wanted;

void sim_configure(const struct sim_config *config)
{
	wanted = *config;
}

#define DEFAULT(field, value)	do { if (!sim.config.field) sim.config.field = (value); } while (0)

static bool config_take(void)
{
	sim.config = wanted;
	DEFAULT(seed, 1);
	DEFAULT(cpus, 2);
	DEFAULT(mem_bytes, 64UL << 20);
	DEFAULT(point_ns, 100);
	DEFAULT(lockup_ns, 20UL * 1000 * 1000 * 1000);
	DEFAULT(switch_one_in, 8);
	DEFAULT(device_fires, 8);
	if (sim.config.cpus > KM_MAX_CPUS) {
		sim_complain("sim: 1 to 64 CPUs can be simulated");
		return false;
	}
	if (sim.config.mem_bytes < SIM_MEM_MIN || sim.config.mem_bytes > SIM_MEM_MAX) {
		sim_complain("sim: RAM can be 8 MiB to 16 GiB");
		return false;
	}
	return true;
}

static void stack_bounds_find(struct km_port_thread *port)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0), low, high;
	pthread_attr_t attributes;
	void *base;
	size_t bytes;

	if (sim_stack_of(here, &low, &high)) {
		port->stack_low = (void *)low;
		port->stack_high = (void *)high;
		return;
	}
	if (pthread_getattr_np(pthread_self(), &attributes))
		return;
	if (!pthread_attr_getstack(&attributes, &base, &bytes)) {
		port->stack_low = base;
		port->stack_high = (char *)base + bytes;
	}
	pthread_attr_destroy(&attributes);
}

/* The caller becomes the current thread of CPU 0. */
static bool boot_thread_make(void)
{
	sim.boot = sim_thread_make(false);
	if (!sim.boot)
		return false;
	stack_bounds_find(sim.boot->port);
	sim.boot->state = SIM_RUNNING;
	return true;
}

static void attach_all(void)
{
	if (!sim.hooks->attach)
		return;
	sim.hooks->attach(sim.boot->port);
	for (unsigned int i = 0; i < sim.config.cpus; i++) {
		km_port_current = sim.cpu[i].idle->port;
		sim.hooks->attach(km_port_current);
	}
	km_port_current = sim.boot->port;
}

int km_port_boot(const struct km_port_hooks *hooks)
{
	int error;

	if (sim.is_up)
		return -EBUSY;
	memset(&sim, 0, sizeof(sim));
	if (!config_take() || hooks->thread_bytes > SIM_SLOT_BYTES - SIM_SLOT_RECORD - SIM_PAGE)
		return -EINVAL;
	sim.hooks = hooks;
	sim.clock = 1000 * 1000 * 1000;	/* not 0: nothing should depend on it */
	sim.decide_at = SIM_FOREVER;
	sim_limits_open();
	sim.chance = sim.config.seed;
	sim.entropy = ~sim.config.seed;
	sim_explore_open();
	error = sim_memory_open();
	if (error)
		return error;
	if (!sim_context_open()) {
		sim_complain("sim: the address range of the stacks is taken");
		sim_memory_close();
		return -ENOMEM;
	}
	if (!boot_thread_make() || !sim_schedule_open()) {
		sim_context_close();
		sim_memory_close();
		return -ENOMEM;
	}
	sim_events_open();
	sim.running = &sim.cpu[0];
	sim.running->current = sim.boot;
	km_port_current = sim.boot->port;
	sim_fault_open();
	sim.is_up = true;
	sim_rebudget();
	attach_all();
	return 0;
}

void km_port_shutdown(void)
{
	if (!sim.is_up)
		return;
	sim_sync();
	if (sim.hooks->detach)
		sim.hooks->detach(km_port_current);
	sim.is_up = false;
	sim_schedule_close();
	sim_fault_close();
	sim_context_close();
	sim_memory_close();
	sim.boot = NULL;
}

unsigned int km_port_cpus(void)
{
	return sim.is_up ? sim.config.cpus : 1;
}

uint64_t km_port_entropy(void)
{
	return sim_mix(&sim.entropy);
}
