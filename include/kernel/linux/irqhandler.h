/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IRQHANDLER_H
#define _LINUX_IRQHANDLER_H

#include <linux/irqreturn.h>

typedef irqreturn_t (*irq_handler_t)(int irq, void *dev_id);

#endif
