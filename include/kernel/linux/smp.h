/* SPDX-License-Identifier: MIT */
/* smp.h - which CPU runs this */
#ifndef __LINUX_SMP_H
#define __LINUX_SMP_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/cpumask.h>
#include <linux/preempt.h>

typedef void (*smp_call_func_t)(void *info);

#define raw_smp_processor_id()	(km_port_self()->cpu)
#define __smp_processor_id()	raw_smp_processor_id()
#define smp_processor_id()	raw_smp_processor_id()	/* stable only while preemption is off */
#define get_cpu()		({ preempt_disable(); smp_processor_id(); })
#define put_cpu()		preempt_enable()

#endif
