/* SPDX-License-Identifier: MIT */
/* irqnr.h - how many interrupt numbers there are: one a device line of the port */
#ifndef _LINUX_IRQNR_H
#define _LINUX_IRQNR_H

#include <kmalloc/port.h>

#define NR_IRQS		KM_DEVICE_LINES
#define nr_irqs		NR_IRQS

#endif
