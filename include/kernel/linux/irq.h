/* SPDX-License-Identifier: MIT */
/* irq.h - what drivers take from it: numbers and trigger types */
#ifndef _LINUX_IRQ_H
#define _LINUX_IRQ_H

#include <linux/irqhandler.h>
#include <linux/irqreturn.h>
#include <linux/irqnr.h>
#include <linux/interrupt.h>

#endif
