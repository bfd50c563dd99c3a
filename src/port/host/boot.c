// SPDX-License-Identifier: MIT
/*
 * boot.c - configure, start and stop the host port
 */
#include <errno.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "state.h"

static struct host_config wanted;

void host_configure(const struct host_config *config)
{
	wanted = *config;
}

static size_t default_bytes(void)
{
	size_t quarter = (size_t)sysconf(_SC_PHYS_PAGES) * (size_t)sysconf(_SC_PAGESIZE) / 4;

	if (quarter < HOST_MEM_MIN)
		return HOST_MEM_MIN;
	return quarter < (1UL << 30) ? quarter : 1UL << 30;
}

static unsigned int default_cpus(void)
{
	long cpus = 2 * sysconf(_SC_NPROCESSORS_ONLN);

	if (cpus < 8)
		return 8;
	return cpus < KM_MAX_CPUS ? (unsigned int)cpus : KM_MAX_CPUS;
}

static bool config_take(void)
{
	host.config = wanted;
	if (!host.config.mem_bytes)
		host.config.mem_bytes = default_bytes();
	if (!host.config.cpus)
		host.config.cpus = default_cpus();
	if (host.config.mem_bytes >= HOST_MEM_MIN && host.config.cpus <= KM_MAX_CPUS)
		return true;
	host_complain("kmalloc: the host port has 1 to 64 CPUs and 8 MiB or more of memory");
	return false;
}

static void boot_undo(void)
{
	pthread_setspecific(host.key, NULL);
	pthread_key_delete(host.key);
	if (host.hooks->detach)
		host.hooks->detach(km_port_current);
	host_forget_self();
	host.is_up = false;
	host_fault_close();
	host_memory_close();
}

int km_port_boot(const struct km_port_hooks *hooks)
{
	struct host_thread *boot;
	int error;

	if (host.is_up)
		return -EBUSY;
	memset(&host, 0, sizeof(host));
	host.hooks = hooks;
	if (!config_take())
		return -EINVAL;
	for (unsigned int i = 0; i < KM_MAX_CPUS; i++)
		host.cpu[i].timer = HOST_FOREVER;
	error = host_memory_open();
	if (error)
		return error;
	error = -ENOMEM;
	boot = host_thread_make();
	if (!boot || pthread_key_create(&host.key, host_on_thread_end)) {
		host_memory_close();
		return error;
	}
	host.boot = boot;
	host_fault_open();
	host_attach_as(boot);
	pthread_setspecific(host.key, boot);
	host.is_up = true;
	if (hooks->attach)
		hooks->attach(boot->port);
	error = host_keeper_start();
	if (error) {
		boot_undo();
		return error;
	}
	host_leave(boot, 0);
	return 0;
}

/*
 * Threads that were told to stop get a moment to do so; one that sleeps for good holds no CPU and
 * is left asleep.
 */
static void threads_await(void)
{
	uint64_t end = km_port_clock_ns() + 1000000000;

	while (__atomic_load_n(&host.running, __ATOMIC_SEQ_CST) && km_port_clock_ns() < end)
		sched_yield();
}

void km_port_shutdown(void)
{
	if (!host.is_up)
		return;
	threads_await();
	host_keeper_stop();
	boot_undo();
}

unsigned int km_port_cpus(void)
{
	return host.is_up ? host.config.cpus : 1;
}
