// SPDX-License-Identifier: MIT
/*
 * events.c - the virtual clock, timers, device lines, interrupts
 *
 * E1  sim.next_event is never later than any timer, any enabled device line with fires left, or the
 *     settle deadline.
 * E2  A vector is delivered only to the running CPU while its thread has irq_off == 0; lower
 *     vectors first.
 * E3  A line that fires while its vector still pends is merged with it, as real lines are.
 */
#include "state.h"

/* the first interrupt comes within this time after the line is enabled */
#define FIRST_FIRE_NS	50000UL
/* and each further one within this time after the one before */
#define NEXT_FIRE_NS	10000000UL

uint64_t km_port_clock_ns(void)
{
	/* Reading costs time, so that a loop that waits for the clock ends. */
	km_sim_budget--;
	sim_sync();
	return sim.clock;
}

void sim_events_find(void)
{
	uint64_t next = SIM_FOREVER;

	for (unsigned int i = 0; i < sim.config.cpus; i++)
		if (sim.cpu[i].timer < next)
			next = sim.cpu[i].timer;
	for (unsigned int i = 0; i < KM_DEVICE_LINES; i++) {
		const struct sim_device *device = &sim.device[i];

		if (device->is_enabled && device->fires_left && device->next_ns < next)
			next = device->next_ns;
	}
	sim.next_source = next;
	sim.next_event = sim.settler && sim.settle_deadline < next ? sim.settle_deadline : next;
}

void sim_events_open(void)
{
	sim.settle_deadline = SIM_FOREVER;
	for (unsigned int i = 0; i < KM_DEVICE_LINES; i++)
		sim.device[i].is_enabled = false;
	sim_events_find();
}

static void device_run(unsigned int line)
{
	struct sim_device *device = &sim.device[line];

	if (!device->is_enabled || !device->fires_left || device->next_ns > sim.clock)
		return;
	device->fires_left--;
	device->next_ns = sim.clock + 1 + sim_chance(NEXT_FIRE_NS);
	sim_pend(&sim.cpu[sim_chance(sim.config.cpus)], KM_VECTOR_DEVICE + line);
}

void sim_events_run(void)
{
	if (sim.next_event > sim.clock)
		return;
	for (unsigned int i = 0; i < sim.config.cpus; i++) {
		if (sim.cpu[i].timer > sim.clock)
			continue;
		sim.cpu[i].timer = SIM_FOREVER;
		sim_pend(&sim.cpu[i], KM_VECTOR_TIMER);
	}
	for (unsigned int i = 0; i < KM_DEVICE_LINES; i++)
		device_run(i);
	if (sim.settler && sim.settle_deadline <= sim.clock) {
		struct sim_thread *settler = sim.settler;

		sim.settler = NULL;
		sim_ready(settler);
	}
	sim_events_find();
}

void sim_pend(struct sim_cpu *cpu, unsigned int vector)
{
	if (cpu->current == cpu->idle && !cpu->pending)
		cpu->idle->priority = sim_priority_new();
	cpu->pending |= UINT32_C(1) << vector;
	cpu->current->port->irq_held = cpu->pending;
	sim.relax_streak = 0;
	sim_reconsider();
}

void sim_deliver(void)
{
	struct km_port_thread *self = km_port_current;

	while (!self->irq_off && sim.running->pending) {
		unsigned int vector = (unsigned int)__builtin_ctz(sim.running->pending);

		sim.running->pending &= sim.running->pending - 1;
		self->irq_held = sim.running->pending;
		sim.relax_streak = 0;
		sim_sync();
		sim_trace(sim.points << 24 | 0xff0000 | vector << 8 | sim.running->index);
		self->irq_off = 1;
		sim.hooks->interrupt(vector);
		self->irq_off = 0;
	}
}

void km_port_interrupt(unsigned int cpu, unsigned int vector)
{
	if (!sim.is_up || cpu >= sim.config.cpus)
		return;
	sim_sync();
	sim_pend(&sim.cpu[cpu], vector);
	if (&sim.cpu[cpu] == sim.running)
		sim_deliver();
}

void km_port_timer_set(uint64_t deadline_ns)
{
	if (!sim.is_up)
		return;
	sim_sync();
	sim.running->timer = deadline_ns;
	sim_events_find();
	sim_events_run();
	sim_deliver();
	sim_rebudget();
}

void km_port_device(unsigned int line, bool enabled)
{
	struct sim_device *device;

	if (!sim.is_up || line >= KM_DEVICE_LINES)
		return;
	sim_sync();
	device = &sim.device[line];
	if (enabled && !device->is_enabled) {
		device->fires_left = sim.config.device_fires == SIM_NEVER ? 0
									  : sim.config.device_fires;
		device->next_ns = sim.clock + 1 + sim_chance(FIRST_FIRE_NS);
	}
	device->is_enabled = enabled;
	sim_events_find();
	sim_rebudget();
}

/* -- a point in two halves: the second may bring what is due -- */
bool (km_port_point_is_due)(void)
{
	return port_point_is_due_inline();
}

void (km_port_point_run)(void)
{
	port_point_run_inline();
}
