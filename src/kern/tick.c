// SPDX-License-Identifier: MIT
/*
 * tick.c - share each CPU's one-shot timer among timers and hrtimers
 *
 * T1  programmed[cpu] is what the port was told last: the smaller of the CPU's deadlines, or
 * UINT64_MAX after it passed. Each CPU touches only its own row, with interrupts held back. Nothing
 * sleeps.
 */
#include <linux/types.h>
#include <linux/limits.h>
#include <kern/parts.h>

static struct tick {
	u64 deadline_ns[TICK_SOURCES];
	u64 programmed;
} ticks[KM_MAX_CPUS];

void tick_boot(void)
{
	unsigned int cpu, source;

	for (cpu = 0; cpu < KM_MAX_CPUS; cpu++) {
		for (source = 0; source < TICK_SOURCES; source++)
			ticks[cpu].deadline_ns[source] = U64_MAX;
		ticks[cpu].programmed = U64_MAX;
	}
}

void tick_set(enum tick_source source, u64 deadline_ns)
{
	struct tick *tick = &ticks[km_port_cpu()];
	u64 first;

	tick->deadline_ns[source] = deadline_ns;
	first = tick->deadline_ns[TICK_TIMER];
	if (tick->deadline_ns[TICK_HRTIMER] < first)
		first = tick->deadline_ns[TICK_HRTIMER];
	if (first == tick->programmed)
		return;
	tick->programmed = first;
	km_port_timer_set(first);
}

bool tick_is_hrtimers(unsigned int cpu)
{
	return ticks[cpu].programmed != U64_MAX &&
	       ticks[cpu].deadline_ns[TICK_HRTIMER] == ticks[cpu].programmed;
}

void tick_passed(void)
{
	ticks[km_port_cpu()].programmed = U64_MAX;
}
