/* SPDX-License-Identifier: MIT */
/* current.h - the task that runs */
#ifndef __ASM_CURRENT_H
#define __ASM_CURRENT_H

#include <linux/compiler.h>
#include <kmalloc/port.h>

struct task_struct;

/* struct km_port_thread is a task's first member (P1 of kmalloc/port.h). */
static __always_inline struct task_struct *get_current(void)
{
	return (struct task_struct *)km_port_self();
}
#define current get_current()

#endif
