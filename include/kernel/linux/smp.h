/* SPDX-License-Identifier: MIT */
/* smp.h - which CPU runs this, and calls on others, in hard interrupt context there */
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

/* The function runs in hard interrupt context; interrupts are on here. */
int smp_call_function_single(int cpu, smp_call_func_t func, void *info, int wait)
	KM_SYM(smp_call_function_single);
/* not on this CPU; preemption is off */
void smp_call_function_many(const struct cpumask *mask, smp_call_func_t func, void *info, bool wait)
	KM_SYM(smp_call_function_many);
void on_each_cpu_cond_mask(bool (*cond)(int cpu, void *info), smp_call_func_t func, void *info,
			   bool wait, const struct cpumask *mask) KM_SYM(on_each_cpu_cond_mask);

static inline void smp_call_function(smp_call_func_t func, void *info, int wait)
{
	preempt_disable();
	smp_call_function_many(cpu_online_mask, func, info, wait);
	preempt_enable();
}

static inline int smp_call_function_any(const struct cpumask *mask, smp_call_func_t func,
					void *info, int wait)
{
	int error, cpu = get_cpu();

	if (!cpumask_test_cpu((unsigned int)cpu, mask))
		cpu = (int)cpumask_first(mask);
	error = smp_call_function_single(cpu, func, info, wait);
	put_cpu();
	return error;
}

static inline void on_each_cpu_mask(const struct cpumask *mask, smp_call_func_t func, void *info,
				    bool wait)
{
	on_each_cpu_cond_mask(NULL, func, info, wait, mask);
}

static inline void on_each_cpu(smp_call_func_t func, void *info, int wait)
{
	on_each_cpu_cond_mask(NULL, func, info, wait, cpu_online_mask);
}

static inline void on_each_cpu_cond(bool (*cond)(int cpu, void *info), smp_call_func_t func,
				    void *info, bool wait)
{
	on_each_cpu_cond_mask(cond, func, info, wait, cpu_online_mask);
}

#endif
