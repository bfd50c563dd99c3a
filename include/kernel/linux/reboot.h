/* SPDX-License-Identifier: MIT */
/* reboot.h - ending the machine on purpose, and who wants to know before */
#ifndef _LINUX_REBOOT_H
#define _LINUX_REBOOT_H

#include <linux/notifier.h>
#include <linux/types.h>

#define SYS_DOWN	0x0001	/* notify of system down */
#define SYS_RESTART	SYS_DOWN
#define SYS_HALT	0x0002
#define SYS_POWER_OFF	0x0003

int register_reboot_notifier(struct notifier_block *nb) KM_SYM(register_reboot_notifier)
	__km_sleeps;
int unregister_reboot_notifier(struct notifier_block *nb) KM_SYM(unregister_reboot_notifier)
	__km_sleeps;

/**
 * kernel_restart() - tell the reboot notifiers, print a line, stop the machine with status 0
 * @cmd: printed with the line; NULL for none
 * Context: task.  Does not return.  Differs: nothing starts again; the program ends.
 */
void kernel_restart(char *cmd) KM_SYM(kernel_restart);
/* The same with SYS_HALT and SYS_POWER_OFF. */
void kernel_halt(void) KM_SYM(kernel_halt);
void kernel_power_off(void) KM_SYM(kernel_power_off);
/* No notifier is told.  Any context. */
void emergency_restart(void) KM_SYM(emergency_restart);

#endif
