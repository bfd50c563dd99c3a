/* SPDX-License-Identifier: MIT */
/* timex.h - the cycle counter: nanoseconds of the port's clock */
#ifndef _ASM_TIMEX_H
#define _ASM_TIMEX_H

#include <kmalloc/port.h>

typedef unsigned long long cycles_t;

static inline cycles_t get_cycles(void)
{
	return km_port_clock_ns();
}
#define get_cycles get_cycles
#define random_get_entropy()	((unsigned long)get_cycles())

#endif
