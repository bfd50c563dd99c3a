/* SPDX-License-Identifier: MIT */
/*
 * enter.c - run one of Linux's test modules as the kernel would load it: init, then exit
 */
#include <kmalloc/machine.h>
#include <linux/kconfig.h>
#include <linux/kstrtox.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include "page/page_room.h"
#include "port/host/host.h"
#include "port/sim/sim.h"
#include "entry.h"

int init_module(void);
void cleanup_module(void) __attribute__((__weak__));
/* Set-up that Linux does at boot for a library under test (radix_tree_init); none for most. */
extern void linux_test_before(void) __attribute__((__weak__));

/* One of them is there. */
extern __typeof__(sim_configure) sim_configure __attribute__((__weak__));
extern __typeof__(host_configure) host_configure __attribute__((__weak__));
static struct sim_config sim_machine;
static struct host_config host_machine;

static int option_set(const char *name, const char *value)
{
	unsigned int number;

	if (strcmp(name, "--mem") && strcmp(name, "--cpus"))
		return km_module_param_set(name, value);
	if (kstrtouint(value, 10, &number))
		return -EINVAL;
	if (!strcmp(name, "--mem"))
		sim_machine.mem_bytes = host_machine.mem_bytes = (size_t)number << 20;
	else
		sim_machine.cpus = host_machine.cpus = number;
	return 0;
}

int linux_test_option(const char *word)
{
	const char *equals = strchr(word, '=');
	char name[64];

	if (!equals || equals - word >= (long)sizeof(name))
		return -EINVAL;
	memcpy(name, word, equals - word);
	name[equals - word] = 0;
	return option_set(name, equals + 1);
}

static void machine_configure(void)
{
	if (sim_configure && sim_machine.mem_bytes)
		sim_configure(&sim_machine);
	if (host_configure && host_machine.mem_bytes)
		host_configure(&host_machine);
}

int linux_test_run(struct linux_test_result *ret_result)
{
	const struct km_config config = { .init_on_alloc = IS_ENABLED(LINUX_TEST_INIT_ON_ALLOC) };
	unsigned long free_before;
	int error;

	machine_configure();
	error = km_machine_boot(&config);
	if (error)
		return error;
	if (linux_test_before)
		linux_test_before();
	free_before = page_free_total();
	ret_result->returned = init_module();
	/* As insmod does: a module whose init failed is not exited. */
	if (ret_result->returned == 0 && cleanup_module)
		cleanup_module();
	rcu_barrier();
	ret_result->pages_lost = (long)free_before - (long)page_free_total();
	ret_result->left = km_machine_shutdown();
	return 0;
}
