/* SPDX-License-Identifier: MIT */
/*
 * port_inline.h - the port's shortest functions, inline for the engine; sim
 *
 * <kmalloc/port.h> includes it when KMALLOC_ENGINE is defined. Each macro does what the function of
 * that name does.
 */
#ifndef PORT_INLINE_H
#define PORT_INLINE_H

extern struct km_port_thread *km_port_current;	/* the running thread of the running CPU */
extern int64_t km_sim_budget;			/* points until something can happen */
void km_sim_point_slow(void);
extern bool km_sim_has_seams;			/* seams are looked at */
void km_sim_seam_slow(void);
void km_sim_irq_held(void);			/* deliver what waited for irq_off == 0 */
extern uint64_t km_sim_effort, km_sim_effort_enough;	/* ns so far; ns after which to look */
void km_sim_effort_slow(void);

static inline struct km_port_thread *port_self_inline(void)
{
	return km_port_current;
}

static inline unsigned long port_irq_save_inline(void)
{
	struct km_port_thread *self = km_port_current;
	unsigned long word = self->irq_off;

	self->irq_off = 1;
	return word;
}

static inline void port_irq_restore_inline(unsigned long word)
{
	struct km_port_thread *self = km_port_current;

	self->irq_off = (uint32_t)word;
	if (__builtin_expect(!word && self->irq_held, 0))
		km_sim_irq_held();
}

static inline void port_point_inline(void)
{
	if (__builtin_expect(--km_sim_budget <= 0, 0))
		km_sim_point_slow();
}

/* Each access of checked code comes here: one instruction that counts and compares. */
#ifdef __x86_64__
static inline bool port_point_is_due_inline(void)
{
	bool is_due;

	__asm__ volatile("subq $1, %0" : "+m"(km_sim_budget), "=@ccle"(is_due));
	return is_due;
}
#else
static inline bool port_point_is_due_inline(void)
{
	return --km_sim_budget <= 0;
}
#endif

static inline void port_point_run_inline(void)
{
	if (km_sim_budget <= 0)
		km_sim_point_slow();
}

/* km_port_shadow_map(): between what sim maps and what the host does */
#define KM_PORT_SHADOW_OFFSET	0x300000000000UL
#define KM_PORT_SHADOW_LIMIT	(1UL << 47)

/* All CPUs are one thread of the host: nobody else runs between two instructions of the engine. */
#define KM_PORT_ONE_AT_A_TIME

static inline void port_seam_inline(void)
{
	if (__builtin_expect(km_sim_has_seams, 0))
		km_sim_seam_slow();
	else
		port_point_inline();
}

static inline void port_effort_inline(unsigned long ns)
{
	km_sim_effort += ns;
	if (__builtin_expect(km_sim_effort >= km_sim_effort_enough, 0))
		km_sim_effort_slow();
}

#ifdef KMALLOC_ENGINE
#define km_port_self()			port_self_inline()
#define km_port_cpu()			(port_self_inline()->cpu)
#define km_port_irq_save()		port_irq_save_inline()
#define km_port_irq_restore(word)	port_irq_restore_inline(word)
#define km_port_point()			port_point_inline()
#define km_port_point_is_due()		port_point_is_due_inline()
#define km_port_point_run()		port_point_run_inline()
#define km_port_seam()			port_seam_inline()
#define km_port_effort(ns)		port_effort_inline(ns)
#endif

#endif
