/* SPDX-License-Identifier: MIT */
/*
 * port_inline.h - the port's shortest functions, inline for the engine; host
 *
 * <kmalloc/port.h> includes it when KMALLOC_ENGINE is defined. Each macro does what the function of
 * that name does. Interrupts are signals to this very thread, so compiler barriers are all the
 * order that irq_off needs.
 */
#ifndef PORT_INLINE_H
#define PORT_INLINE_H

/* Hidden, so that the linker of a program reaches them without a table. */
#define PORT_HIDDEN	__attribute__((visibility("hidden")))
extern __thread struct km_port_thread *km_port_current __attribute__((tls_model("initial-exec")))
PORT_HIDDEN;
/* a thread seen first, or back from host_release() */
PORT_HIDDEN struct km_port_thread *km_host_attach(void);
/* run the vectors that came while irq_off was up */
PORT_HIDDEN void km_host_irq_held(void);

#define PORT_BARRIER()	__asm__ volatile("" ::: "memory")

/*
 * The two calls above, for the fast road: they leave every register alone, so a function that
 * nearly never makes them needs no frame for it. The red zone of the caller is stepped over.
 */
#ifdef __x86_64__
static inline struct km_port_thread *port_attach_quiet(void)
{
	struct km_port_thread *self;

	__asm__ volatile(
		"lea -128(%%rsp), %%rsp\n\tcall km_host_attach_quiet\n\tlea 128(%%rsp), %%rsp"
		: "=a"(self)
		:
		: "memory", "cc");
	return self;
}

static inline void port_irq_held_quiet(void)
{
	__asm__ volatile(
		"lea -128(%%rsp), %%rsp\n\tcall km_host_irq_held_quiet\n\tlea 128(%%rsp), %%rsp"
		:
		:
		: "memory", "cc");
}
#else
#define port_attach_quiet()	km_host_attach()
#define port_irq_held_quiet()	km_host_irq_held()
#endif

static inline struct km_port_thread *port_self_inline(void)
{
	struct km_port_thread *self = km_port_current;

	return __builtin_expect(self != NULL, 1) ? self : port_attach_quiet();
}

static inline unsigned long port_irq_save_inline(void)
{
	struct km_port_thread *self = port_self_inline();
	unsigned long word = self->irq_off;

	self->irq_off = 1;
	PORT_BARRIER();
	return word;
}

static inline void port_irq_restore_inline(unsigned long word)
{
	struct km_port_thread *self = km_port_current;

	if (__builtin_expect(!self, 0))
		return;		/* saved before km_port_boot() */
	PORT_BARRIER();
	self->irq_off = (uint32_t)word;
	PORT_BARRIER();
	if (!word && __builtin_expect(*(volatile uint32_t *)&self->irq_held, 0))
		km_host_irq_held();
}

#ifdef KMALLOC_ENGINE
#define km_port_self()			port_self_inline()
#define km_port_cpu()			(port_self_inline()->cpu)
#define km_port_irq_save()		port_irq_save_inline()
#define km_port_irq_restore(word)	port_irq_restore_inline(word)
#define km_port_point()			((void)0)
#define km_port_point_is_due()		false
#define km_port_point_run()		((void)0)
#define km_port_seam()			((void)0)
#define km_port_effort(ns)		((void)(ns))
#endif

#endif
