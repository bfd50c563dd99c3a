/* SPDX-License-Identifier: MIT */
/* irqflags.h - holding interrupts back on this CPU */
#ifndef _LINUX_TRACE_IRQFLAGS_H
#define _LINUX_TRACE_IRQFLAGS_H

#include <linux/compiler.h>
#include <linux/typecheck.h>
#include <kmalloc/port.h>

#define raw_local_irq_disable()		((void)km_port_irq_save())
#define raw_local_irq_enable()		km_port_irq_restore(0)
#define raw_local_irq_save(flags) \
	do { typecheck(unsigned long, flags); flags = km_port_irq_save(); } while (0)
#define raw_local_irq_restore(flags) \
	do { typecheck(unsigned long, flags); km_port_irq_restore(flags); } while (0)
#define raw_local_save_flags(flags)	do { flags = km_port_self()->irq_off; } while (0)
#define raw_irqs_disabled_flags(flags)	((flags) != 0)
#define raw_irqs_disabled()		(km_port_self()->irq_off != 0)

#define local_irq_disable()	(km_irqs_off_begins(), raw_local_irq_disable())
#define local_irq_enable()	(km_irqs_off_ends(), raw_local_irq_enable())
#define local_irq_save(flags)	\
	do { raw_local_irq_save(flags); km_irqs_off_begins(); } while (0)
#define local_irq_restore(flags)	\
	do { km_irqs_off_ends(); raw_local_irq_restore(flags); } while (0)
#define local_save_flags(flags)		raw_local_save_flags(flags)
#define irqs_disabled_flags(flags)	raw_irqs_disabled_flags(flags)
#define irqs_disabled()			raw_irqs_disabled()
#define safe_halt()			do { raw_local_irq_enable(); km_port_relax(); } while (0)

static __always_inline unsigned long arch_local_irq_save(void)
{
	return km_port_irq_save();
}

static __always_inline void arch_local_irq_restore(unsigned long flags)
{
	km_port_irq_restore(flags);
}

#define trace_hardirqs_on()	do { } while (0)
#define trace_hardirqs_off()	do { } while (0)

#include <linux/cleanup.h>

KM_LOCK_GUARD_0(irq, __km_guard_begins(__in_irqs_off), __km_guard_ends(KM_ENDED_BY_irqs_off),
		local_irq_disable(), local_irq_enable())
KM_LOCK_GUARD_0(irqsave, __km_guard_begins(__in_irqs_off), __km_guard_ends(KM_ENDED_BY_irqs_off),
		local_irq_save(_T->flags), local_irq_restore(_T->flags),
		    unsigned long flags)

#endif
