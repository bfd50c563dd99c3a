/* SPDX-License-Identifier: MIT */
/* hardirq.h - entering and leaving hard interrupt context */
#ifndef LINUX_HARDIRQ_H
#define LINUX_HARDIRQ_H

#include <linux/preempt.h>
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/bottom_half.h>

void synchronize_irq(unsigned int irq) KM_SYM(synchronize_irq) __km_sleeps;
bool synchronize_hardirq(unsigned int irq) KM_SYM(synchronize_hardirq);
void irq_enter(void) KM_SYM(irq_enter);
void irq_exit(void) KM_SYM(irq_exit);	/* runs raised softirqs when this was the outermost */

#define __irq_enter()	preempt_count_add(HARDIRQ_OFFSET)
#define __irq_exit()	preempt_count_sub(HARDIRQ_OFFSET)

#endif
