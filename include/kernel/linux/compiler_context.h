/* SPDX-License-Identifier: MIT */
/*
 * compiler_context.h - where code may sleep, told to the compiler; included by compiler_types.h
 *
 * clang -Wthread-safety follows each function from its start: behind spin_lock() and its kin the
 * code is inside an atomic context, until the unlock.  A call that may sleep must be outside of all
 * of them.  Nobody has to annotate a driver: a function starts outside.  Other compilers see
 * nothing, and nothing of it is left in the program.
 *
 * X1  A section is held only where every way to a line holds it: what a branch takes is forgotten
 *     where the ways meet.  So a lock that was taken under a condition, or by a function that is
 *     not annotated, makes no warning.
 * X2  Taking what is held, and dropping what is not, is no warning: locks nest, and a function may
 *     drop its caller's.  There is one section for each way of taking: the unlock of an inner lock
 *     ends the outer one's too, if both were taken in the same way.  What is missed so is never
 *     wrong.
 * X3  The unlock of one form ends what it may end of the others: spin_unlock_irqrestore() also
 *     what spin_lock() and local_irq_save() began.
 * X4  A trylock begins a section where its answer is known to be 1.  Such a one would have to be
 *     ended on every way, or clang says so; what a negative capability stands for need not.  So
 *     this section is "not: it failed".
 * X5  guard() and scoped_guard() begin and end sections for clang 18 and later, which look at the
 *     cleanup function of a variable.  An older one would not see the end.
 * X6  The function of a timer, tasklet, hrtimer or irq_work, and what call_rcu() calls, is inside
 *     from where it asks for the structure around its argument.
 * X7  A function that drops a lock for its caller says so as sparse wants it: __releases(lock).
 */
#ifndef _LINUX_COMPILER_CONTEXT_H
#define _LINUX_COMPILER_CONTEXT_H

/* A program that is checked is compiled without; KM_CONTEXTS is the pass beside it. */
#if defined(__clang__) && !defined(KMALLOC_ENGINE) && !defined(__ASSEMBLY__) &&	\
	(!defined(KMALLOC_CHECK) || defined(KM_CONTEXTS))
#if __clang_major__ >= 14
#define KM_HAS_CONTEXTS 1
#endif
#endif

#ifdef KM_HAS_CONTEXTS
/* The sections have names that a warning can show, and nothing else: they are never defined. */
struct __attribute__((__capability__("atomic context"))) km_section { char none; };
extern struct km_section __in_spin_lock, __in_spin_lock_irq, __in_spin_lock_bh, __in_rwlock,
	__in_rwlock_irq, __in_rwlock_bh, __in_bit_spin_lock, __in_rcu_read_lock, __in_irqs_off,
	__in_bh_off, __in_preempt_off, __in_softirq_handler, __in_hardirq_handler;
#define KM_SECTIONS								\
	__in_spin_lock, __in_spin_lock_irq, __in_spin_lock_bh, __in_rwlock,	\
	__in_rwlock_irq, __in_rwlock_bh, __in_bit_spin_lock, __in_rcu_read_lock,	\
	__in_irqs_off, __in_bh_off, __in_preempt_off, __in_softirq_handler,	\
	__in_hardirq_handler, !__trylock_failed
extern struct km_section *__trylock_failed;
struct hrtimer;
struct callback_head;
struct irq_work;

/* Of a function that begins a section, or ends some; it is not looked at itself. */
#define __km_begins(section)	\
	__attribute__((__assert_capability__(section), __no_thread_safety_analysis__))
#define __km_ends(...)								\
	__attribute__((__assert_capability__(__VA_ARGS__),			\
		       __release_capability__(__VA_ARGS__), __no_thread_safety_analysis__))
/* Of one that tries to begin one, and answers whether it did.  What an outer one began ends, X2. */
#define __km_tries								\
	__attribute__((__assert_capability__(!__trylock_failed),		\
		       __release_capability__(!__trylock_failed),		\
		       __try_acquire_capability__(1, !__trylock_failed),	\
		       __no_thread_safety_analysis__))
#if __clang_major__ >= 18
#define __km_guard_begins(section)	__km_begins(section)
#define __km_guard_ends(...)		__km_ends(__VA_ARGS__)
#else
#define __km_guard_begins(section)
#define __km_guard_ends(...)
#endif
/* Of one that may sleep. */
#define __km_sleeps		__attribute__((__locks_excluded__(KM_SECTIONS)))
/* Of a function of a driver that is called in an interrupt: it starts inside. */
#define __km_handler(section)	__attribute__((__requires_capability__(section)))
#else
#define __km_begins(section)
#define __km_ends(...)
#define __km_tries
#define __km_guard_begins(section)
#define __km_guard_ends(...)
#define __km_sleeps
#define __km_handler(section)
#endif

#define __km_ends_all		__km_ends(KM_SECTIONS)
#define KM_ENDED_BY_spin	__in_spin_lock, !__trylock_failed
#define __km_ends_spin	__km_ends(KM_ENDED_BY_spin)
#define KM_ENDED_BY_spin_irq	__in_spin_lock, __in_spin_lock_irq, __in_irqs_off, !__trylock_failed
#define __km_ends_spin_irq	__km_ends(KM_ENDED_BY_spin_irq)
#define KM_ENDED_BY_spin_bh	__in_spin_lock, __in_spin_lock_bh, __in_bh_off, !__trylock_failed
#define __km_ends_spin_bh	__km_ends(KM_ENDED_BY_spin_bh)
#define KM_ENDED_BY_rwlock	__in_rwlock, !__trylock_failed
#define __km_ends_rwlock	__km_ends(KM_ENDED_BY_rwlock)
#define KM_ENDED_BY_rwlock_irq	__in_rwlock, __in_rwlock_irq, __in_irqs_off, !__trylock_failed
#define __km_ends_rwlock_irq	__km_ends(KM_ENDED_BY_rwlock_irq)
#define KM_ENDED_BY_rwlock_bh	__in_rwlock, __in_rwlock_bh, __in_bh_off, !__trylock_failed
#define __km_ends_rwlock_bh	__km_ends(KM_ENDED_BY_rwlock_bh)
#define KM_ENDED_BY_irqs_off	__in_irqs_off, __in_spin_lock_irq, __in_rwlock_irq
#define __km_ends_irqs_off	__km_ends(KM_ENDED_BY_irqs_off)
#define KM_ENDED_BY_bh_off	__in_bh_off, __in_spin_lock_bh, __in_rwlock_bh
#define __km_ends_bh_off	__km_ends(KM_ENDED_BY_bh_off)

#ifdef KM_HAS_CONTEXTS
/* What a macro says behind which no function of ours stands. */
#define KM_SAYS(attribute, name)						\
	static __inline__ __attribute__((__always_inline__, __unused__,		\
					 __no_instrument_function__))		\
	attribute int name(void) { return 0; }
KM_SAYS(__km_begins(__in_irqs_off), km_irqs_off_begins)
KM_SAYS(__km_ends_irqs_off, km_irqs_off_ends)
KM_SAYS(__km_begins(__in_softirq_handler), km_softirq_handler_begins)
KM_SAYS(__km_sleeps, a_sleep_that_may_happen)
KM_SAYS(__km_sleeps, GFP_that_may_sleep)
#define km_irqs_off_begins()		((void)km_irqs_off_begins())
#define km_irqs_off_ends()		((void)km_irqs_off_ends())
#define km_softirq_handler_begins()	((void)km_softirq_handler_begins())
#define km_says_sleep()			((void)a_sleep_that_may_happen())
/* X6: who asks around one of these is its callback, which is never called by a task. */
#define km_says_callback(ptr)							\
	((void)_Generic((typeof(ptr) *)0,					\
			struct hrtimer **: (km_softirq_handler_begins(), 0),	\
			struct callback_head **: (km_softirq_handler_begins(), 0),	\
			struct irq_work **: (km_softirq_handler_begins(), 0),	\
			default: 0))
#else
#define km_irqs_off_begins()		((void)0)
#define km_irqs_off_ends()		((void)0)
#define km_softirq_handler_begins()	((void)0)
#define km_says_sleep()			((void)0)
#define km_says_callback(ptr)		((void)0)
#endif

/*
 * What a gfp says.  The allocators are functions; their names are macros too, which look at the
 * gfp if it is a constant, and pass it on.
 */
#if defined(KM_HAS_CONTEXTS) && !defined(CONFIG_MEM_ALLOC_PROFILING)
#define KM_GFP_IS_LOOKED_AT 1
#define KM_GFP(gfp)								\
	((void)__builtin_choose_expr(__builtin_constant_p(gfp),			\
		((gfp) & 0x400u /* ___GFP_DIRECT_RECLAIM */)			\
			? GFP_that_may_sleep() : 0, 0), (gfp))
#endif

#endif
