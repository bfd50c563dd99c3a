/* SPDX-License-Identifier: MIT */
/*
 * percpu-defs.h - variables that each CPU has its own copy of
 *
 * A per-CPU variable lives in the section km_percpu, which nobody reads or writes: it is the
 * template.  Boot copies it once per CPU; __per_cpu_offset[cpu] is the way from the template to
 * that CPU's copy.  this_cpu_*() hold interrupts back around the access, so neither an interrupt
 * nor another task of this CPU comes between.
 */
#ifndef _LINUX_PERCPU_DEFS_H
#define _LINUX_PERCPU_DEFS_H

#include <linux/compiler.h>
#include <linux/preempt.h>
#include <linux/cpumask.h>
#include <kmalloc/port.h>

#define PER_CPU_BASE_SECTION	"km_percpu"
#define KM_PER_CPU_SECTION	__attribute__((section(PER_CPU_BASE_SECTION)))

#define DECLARE_PER_CPU_SECTION(type, name, sec) \
	extern __percpu KM_PER_CPU_SECTION __typeof__(type) name
#define DEFINE_PER_CPU_SECTION(type, name, sec) \
	__percpu KM_PER_CPU_SECTION __typeof__(type) name
#define DECLARE_PER_CPU(type, name)		DECLARE_PER_CPU_SECTION(type, name, "")
/**
 * DEFINE_PER_CPU() - a variable of which each CPU has a copy, with the initial value given
 */
#define DEFINE_PER_CPU(type, name)		DEFINE_PER_CPU_SECTION(type, name, "")
#define DECLARE_PER_CPU_FIRST(type, name)	DECLARE_PER_CPU(type, name)
#define DEFINE_PER_CPU_FIRST(type, name)	DEFINE_PER_CPU(type, name)
#define DECLARE_PER_CPU_ALIGNED(type, name) \
	DECLARE_PER_CPU(type, name) __attribute__((aligned(64)))
#define DEFINE_PER_CPU_ALIGNED(type, name) \
	DEFINE_PER_CPU(type, name) __attribute__((aligned(64)))
#define DECLARE_PER_CPU_SHARED_ALIGNED(type, name)	DECLARE_PER_CPU_ALIGNED(type, name)
#define DEFINE_PER_CPU_SHARED_ALIGNED(type, name)	DEFINE_PER_CPU_ALIGNED(type, name)
#define DECLARE_PER_CPU_PAGE_ALIGNED(type, name) \
	DECLARE_PER_CPU(type, name) __attribute__((aligned(4096)))
#define DEFINE_PER_CPU_PAGE_ALIGNED(type, name) \
	DEFINE_PER_CPU(type, name) __attribute__((aligned(4096)))
#define DECLARE_PER_CPU_READ_MOSTLY(type, name)	DECLARE_PER_CPU(type, name)
#define DEFINE_PER_CPU_READ_MOSTLY(type, name)	DEFINE_PER_CPU(type, name)
#define EXPORT_PER_CPU_SYMBOL(var)
#define EXPORT_PER_CPU_SYMBOL_GPL(var)

extern unsigned long __per_cpu_offset[NR_CPUS] KM_SYM(__per_cpu_offset);
#define per_cpu_offset(cpu)	(__per_cpu_offset[cpu])
#define __my_cpu_offset		per_cpu_offset(km_port_self()->cpu)

#define __verify_pcpu_ptr(ptr)	do { (void)(ptr); } while (0)
#define SHIFT_PERCPU_PTR(p, offset)	RELOC_HIDE((typeof(*(p)) *)(p), (offset))
/**
 * per_cpu_ptr(), this_cpu_ptr(), get_cpu_ptr(), put_cpu_ptr() - the copy of one CPU, or of this one
 * this_cpu_ptr() wants preemption off, or the copy may be another CPU's by now; get_cpu_ptr() turns
 * it off until put_cpu_ptr().   Context: any.
 */
#define per_cpu_ptr(ptr, cpu)	SHIFT_PERCPU_PTR((ptr), per_cpu_offset(cpu))
#define raw_cpu_ptr(ptr)	SHIFT_PERCPU_PTR((ptr), __my_cpu_offset)
#define this_cpu_ptr(ptr)	raw_cpu_ptr(ptr)
#define per_cpu(var, cpu)	(*per_cpu_ptr(&(var), cpu))
#define get_cpu_var(var)	(*({ preempt_disable(); this_cpu_ptr(&(var)); }))
#define put_cpu_var(var)	do { (void)&(var); preempt_enable(); } while (0)
#define get_cpu_ptr(var)	({ preempt_disable(); this_cpu_ptr(var); })
#define put_cpu_ptr(var)	do { (void)(var); preempt_enable(); } while (0)

/* No protection: the caller holds preemption, or interrupts, back. */
#define raw_cpu_read(pcp)	(*raw_cpu_ptr(&(pcp)))
#define raw_cpu_write(pcp, val)	do { *raw_cpu_ptr(&(pcp)) = (val); } while (0)
#define raw_cpu_add(pcp, val)	do { *raw_cpu_ptr(&(pcp)) += (val); } while (0)
#define raw_cpu_sub(pcp, val)	do { *raw_cpu_ptr(&(pcp)) -= (val); } while (0)
#define raw_cpu_inc(pcp)	raw_cpu_add(pcp, 1)
#define raw_cpu_dec(pcp)	raw_cpu_sub(pcp, 1)
#define raw_cpu_and(pcp, val)	do { *raw_cpu_ptr(&(pcp)) &= (val); } while (0)
#define raw_cpu_or(pcp, val)	do { *raw_cpu_ptr(&(pcp)) |= (val); } while (0)
#define raw_cpu_add_return(pcp, val)	(*raw_cpu_ptr(&(pcp)) += (val))
#define raw_cpu_sub_return(pcp, val)	raw_cpu_add_return(pcp, -(typeof(pcp))(val))
#define raw_cpu_inc_return(pcp)		raw_cpu_add_return(pcp, 1)
#define raw_cpu_dec_return(pcp)		raw_cpu_sub_return(pcp, 1)
#define raw_cpu_xchg(pcp, nval)							\
({										\
	typeof(&(pcp)) __slot = raw_cpu_ptr(&(pcp));				\
	typeof(pcp) __was = *__slot;						\
	*__slot = (nval);							\
	__was;									\
})
#define raw_cpu_cmpxchg(pcp, oval, nval)					\
({										\
	typeof(&(pcp)) __slot = raw_cpu_ptr(&(pcp));				\
	typeof(pcp) __was = *__slot;						\
	if (__was == (oval))							\
		*__slot = (nval);						\
	__was;									\
})
#define raw_cpu_try_cmpxchg(pcp, ovalp, nval)					\
({										\
	typeof(ovalp) __wanted = (ovalp);					\
	typeof(pcp) __had = raw_cpu_cmpxchg(pcp, *__wanted, nval);		\
	bool __did = __had == *__wanted;					\
	*__wanted = __had;							\
	__did;									\
})
#define __this_cpu_read(pcp)		raw_cpu_read(pcp)
#define __this_cpu_write(pcp, val)	raw_cpu_write(pcp, val)
#define __this_cpu_add(pcp, val)	raw_cpu_add(pcp, val)
#define __this_cpu_sub(pcp, val)	raw_cpu_sub(pcp, val)
#define __this_cpu_inc(pcp)		raw_cpu_inc(pcp)
#define __this_cpu_dec(pcp)		raw_cpu_dec(pcp)
#define __this_cpu_and(pcp, val)	raw_cpu_and(pcp, val)
#define __this_cpu_or(pcp, val)		raw_cpu_or(pcp, val)
#define __this_cpu_add_return(pcp, val)	raw_cpu_add_return(pcp, val)
#define __this_cpu_sub_return(pcp, val)	raw_cpu_add_return(pcp, -(typeof(pcp))(val))
#define __this_cpu_inc_return(pcp)	raw_cpu_add_return(pcp, 1)
#define __this_cpu_dec_return(pcp)	__this_cpu_sub_return(pcp, 1)
#define __this_cpu_xchg(pcp, nval)	raw_cpu_xchg(pcp, nval)
#define __this_cpu_cmpxchg(pcp, oval, nval)	raw_cpu_cmpxchg(pcp, oval, nval)
#define __this_cpu_try_cmpxchg(pcp, ovalp, nval)	raw_cpu_try_cmpxchg(pcp, ovalp, nval)

#define KM_THIS_CPU_VALUE(pcp, expression)					\
({										\
	unsigned long __irq = km_port_irq_save();				\
	typeof(pcp) __value = (expression);					\
	km_port_irq_restore(__irq);						\
	__value;								\
})
#define KM_THIS_CPU_DO(statement)						\
	do {									\
		unsigned long __irq = km_port_irq_save();			\
		statement;							\
		km_port_irq_restore(__irq);					\
	} while (0)
/**
 * this_cpu_read(), this_cpu_write(), this_cpu_add(), this_cpu_inc(), this_cpu_dec() - this CPU's
 * copy in one step that neither preemption nor an interrupt parts
 * Context: any.   Also: this_cpu_add_return(), this_cpu_xchg(), this_cpu_cmpxchg()
 */
#define this_cpu_read(pcp)		KM_THIS_CPU_VALUE(pcp, raw_cpu_read(pcp))
#define this_cpu_write(pcp, val)	KM_THIS_CPU_DO(raw_cpu_write(pcp, val))
#define this_cpu_add(pcp, val)		KM_THIS_CPU_DO(raw_cpu_add(pcp, val))
#define this_cpu_sub(pcp, val)		KM_THIS_CPU_DO(raw_cpu_sub(pcp, val))
#define this_cpu_inc(pcp)		this_cpu_add(pcp, 1)
#define this_cpu_dec(pcp)		this_cpu_sub(pcp, 1)
#define this_cpu_and(pcp, val)		KM_THIS_CPU_DO(raw_cpu_and(pcp, val))
#define this_cpu_or(pcp, val)		KM_THIS_CPU_DO(raw_cpu_or(pcp, val))
#define this_cpu_add_return(pcp, val)	KM_THIS_CPU_VALUE(pcp, raw_cpu_add_return(pcp, val))
#define this_cpu_sub_return(pcp, val)	this_cpu_add_return(pcp, -(typeof(pcp))(val))
#define this_cpu_inc_return(pcp)	this_cpu_add_return(pcp, 1)
#define this_cpu_dec_return(pcp)	this_cpu_sub_return(pcp, 1)
#define this_cpu_xchg(pcp, nval)	KM_THIS_CPU_VALUE(pcp, raw_cpu_xchg(pcp, nval))
#define this_cpu_cmpxchg(pcp, oval, nval) \
	KM_THIS_CPU_VALUE(pcp, raw_cpu_cmpxchg(pcp, oval, nval))
#define this_cpu_try_cmpxchg(pcp, ovalp, nval)					\
({										\
	typeof(ovalp) __wanted = (ovalp);					\
	typeof(pcp) __had = this_cpu_cmpxchg(pcp, *__wanted, nval);		\
	bool __did = __had == *__wanted;					\
	*__wanted = __had;							\
	__did;									\
})

#endif
