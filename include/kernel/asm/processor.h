/* SPDX-License-Identifier: MIT */
/* processor.h - one step of a busy wait */
#ifndef __ASM_PROCESSOR_H
#define __ASM_PROCESSOR_H

#include <kmalloc/port.h>

static inline void cpu_relax(void)
{
	km_port_relax();
}
#define cpu_relax_yield()	cpu_relax()

#endif
