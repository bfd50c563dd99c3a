// SPDX-License-Identifier: MIT
/*
 * reboot.c - restart, halt and power off: tell who asked to be told, then stop the port
 *
 * Owns: the chain of reboot notifiers.  Nothing here returns but the two that register.
 */
#include <linux/export.h>
#include <linux/printk.h>
#include <linux/reboot.h>
#include <kern/core.h>
#include "kern/tell.h"

static BLOCKING_NOTIFIER_HEAD(reboot_notifiers);

int register_reboot_notifier(struct notifier_block *nb)
{
	int error;

	KERN_MIGHT_SLEEP("register_reboot_notifier");
	error = blocking_notifier_chain_register(&reboot_notifiers, nb);
	if (!error)
		undone_new("register_reboot_notifier", nb, WATCH_CALLER(), WATCH_FRAME());
	return error;
}

int unregister_reboot_notifier(struct notifier_block *nb)
{
	int error;

	KERN_MIGHT_SLEEP("unregister_reboot_notifier");
	error = blocking_notifier_chain_unregister(&reboot_notifiers, nb);
	if (!error)
		resource_gone("reboot notifier", nb, WATCH_CALLER(), WATCH_FRAME());
	return error;
}

void kernel_restart(char *cmd)
{
	blocking_notifier_call_chain(&reboot_notifiers, SYS_RESTART, cmd);
	if (cmd)
		pr_emerg("reboot: Restarting system with command '%s'\n", cmd);
	else
		pr_emerg("reboot: Restarting system\n");
	km_port_stop(0);
}

void kernel_halt(void)
{
	blocking_notifier_call_chain(&reboot_notifiers, SYS_HALT, NULL);
	pr_emerg("reboot: System halted\n");
	km_port_stop(0);
}

void kernel_power_off(void)
{
	blocking_notifier_call_chain(&reboot_notifiers, SYS_POWER_OFF, NULL);
	pr_emerg("reboot: Power down\n");
	km_port_stop(0);
}

void emergency_restart(void)
{
	km_port_stop(0);
}
