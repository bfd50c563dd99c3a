// SPDX-License-Identifier: MIT
/*
 * forms.c - the port's inline functions once more, for who calls them through the header; counters
 */
#include "state.h"

struct km_port_thread *(km_port_self)(void)
{
	return port_self_inline();
}

unsigned int (km_port_cpu)(void)
{
	return km_port_current->cpu;
}

unsigned long (km_port_irq_save)(void)
{
	return port_irq_save_inline();
}

void (km_port_irq_restore)(unsigned long word)
{
	port_irq_restore_inline(word);
}

void (km_port_point)(void)
{
	port_point_inline();
}

void (km_port_seam)(void)
{
	port_seam_inline();
}

void (km_port_effort)(unsigned long ns)
{
	port_effort_inline(ns);
}

uint64_t sim_points_passed(void)
{
	sim_sync();
	return sim.points;
}

uint64_t sim_trace_hash(void)
{
	return sim.trace;
}
