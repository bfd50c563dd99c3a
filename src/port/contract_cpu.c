// SPDX-License-Identifier: MIT
/*
 * contract_cpu.c - the contract test's part about CPUs: P2, the six verbs, busy waits
 *
 * Everything runs with several threads and with interrupts sent to all CPUs, so that a port that
 * protects its lists against one of the two only is found.
 */
#include <asm/percpu.h>

#include "contract.h"

#define WORKERS		6
#define ROUNDS		3000
#define NODES		64
#define MAX_HELD	4

static unsigned int finished, stopping, troubles;

static void trouble(void)
{
	contract_add(&troubles, 1);
}

/* Interrupts sent last may still be on their way. */
static void interrupts_settle(void)
{
	for (unsigned int i = 0; i < 1000; i++)
		km_port_relax();
	km_port_delay_ns(20000000);
}

/* Run @worker in WORKERS threads while this thread interrupts every CPU again and again. */
static void crowd(void (*worker)(void *), void (*on_interrupt)(unsigned int))
{
	uint64_t end = km_port_clock_ns() + 20 * SECOND_NS;

	finished = troubles = 0;
	contract_on_interrupt = on_interrupt;
	for (uintptr_t i = 0; i < WORKERS; i++)
		CHECK(contract_start(worker, (void *)i));
	while (contract_load(&finished) < WORKERS && km_port_clock_ns() < end) {
		for (unsigned int cpu = 0; cpu < km_port_cpus(); cpu++)
			km_port_interrupt(cpu, KM_VECTOR_DEVICE + 1);
		for (unsigned int i = 0; i < 20; i++)
			km_port_relax();
	}
	CHECK_EQ(contract_load(&finished), WORKERS);
	contract_on_interrupt = NULL;
	interrupts_settle();
	CHECK_EQ(contract_load(&troubles), 0);
}

/* -- P2 ---------------------------------------------------------------------------------------- */

static unsigned int holders[KM_MAX_CPUS];

static void hold_and_look(void *arg)
{
	for (unsigned int round = 0; round < ROUNDS; round++) {
		struct km_port_thread *self = km_port_self();
		unsigned int cpu;

		self->preempt_count++;
		cpu = km_port_cpu();
		if (__atomic_fetch_add(&holders[cpu], 1, __ATOMIC_SEQ_CST))
			trouble();	/* two threads on one CPU */
		for (unsigned int i = 0; i < round % 7; i++)
			km_port_point();
		if (km_port_cpu() != cpu || km_port_self() != self)
			trouble();
		__atomic_fetch_sub(&holders[cpu], 1, __ATOMIC_SEQ_CST);
		self->preempt_count--;
		km_port_point();
	}
	contract_add(&finished, 1);
}

void contract_cpu_keeps_its_thread_while_preemption_is_off(void)
{
	crowd(hold_and_look, NULL);
}

/* -- lists ------------------------------------------------------------------------------------- */

struct node {
	void *next;
	unsigned int owned;
};
static struct node nodes[KM_MAX_CPUS * NODES];
static struct pcpu_head lists[KM_MAX_CPUS];

static struct node *node_take(void)
{
	struct node *node = pcpu_take(lists);

	if (node && __atomic_exchange_n(&node->owned, 1, __ATOMIC_SEQ_CST))
		trouble();	/* handed out twice */
	return node;
}

static void node_give(struct node *node)
{
	if (!__atomic_exchange_n(&node->owned, 0, __ATOMIC_SEQ_CST))
		trouble();
	pcpu_give(lists, node);
}

static void take_and_give_some(unsigned int rounds)
{
	struct node *held[MAX_HELD];
	unsigned int count = 0;

	for (unsigned int i = 0; i < rounds; i++) {
		if (count < MAX_HELD && (i % 3 || !count)) {
			held[count] = node_take();
			count += held[count] != NULL;
		} else {
			node_give(held[--count]);
		}
		km_port_point();
	}
	while (count)
		node_give(held[--count]);
}

static void take_and_give_in_interrupt(unsigned int vector)
{
	struct node *first = node_take(), *second = node_take();

	/* The other way round: what was interrupted finds another list than it left. */
	if (first)
		node_give(first);
	if (second)
		node_give(second);
}

static void take_and_give_in_thread(void *arg)
{
	for (unsigned int round = 0; round < ROUNDS; round++)
		take_and_give_some(3 + (unsigned int)(uintptr_t)arg);
	contract_add(&finished, 1);
}

void contract_cpu_lists_hand_nothing_out_twice(void)
{
	unsigned int cpus = km_port_cpus(), total = 0;

	for (unsigned int i = 0; i < cpus; i++) {
		lists[i] = (struct pcpu_head){ .high = UINT16_MAX };
		for (unsigned int k = 0; k < NODES; k++) {
			nodes[i * NODES + k] = (struct node){ .next = lists[i].first };
			lists[i].first = &nodes[i * NODES + k];
			lists[i].count++;
		}
	}
	crowd(take_and_give_in_thread, take_and_give_in_interrupt);
	for (unsigned int i = 0; i < cpus; i++) {
		unsigned int length = 0;

		for (struct node *node = lists[i].first; node; node = node->next)
			length++;
		CHECK_EQ(length, lists[i].count);
		total += length;
	}
	CHECK_EQ(total, cpus * NODES);
	lists[0] = (struct pcpu_head){ .high = 1 };
}

/* -- words ------------------------------------------------------------------------------------- */

static struct pcpu_word words[KM_MAX_CPUS];
static unsigned int interrupts;

static void count_in_interrupt(unsigned int vector)
{
	contract_add(&interrupts, 1);
	pcpu_add(words, 1);
}

static void count_in_thread(void *arg)
{
	for (unsigned int round = 0; round < ROUNDS; round++) {
		pcpu_add(words, 3);
		km_port_point();
	}
	contract_add(&finished, 1);
}

void contract_cpu_counters_lose_nothing(void)
{
	unsigned long sum = 0;

	interrupts = 0;
	for (unsigned int i = 0; i < km_port_cpus(); i++)
		words[i].value = 0;
	finished = troubles = 0;
	contract_on_interrupt = count_in_interrupt;
	for (uintptr_t i = 0; i < WORKERS; i++)
		REQUIRE(contract_start(count_in_thread, (void *)i));
	do {
		for (unsigned int cpu = 0; cpu < km_port_cpus(); cpu++)
			km_port_interrupt(cpu, KM_VECTOR_IPI);
		km_port_relax();
	} while (contract_load(&finished) < WORKERS);
	interrupts_settle();
	contract_on_interrupt = NULL;
	for (unsigned int i = 0; i < km_port_cpus(); i++)
		sum += (unsigned long)words[i].value;
	CHECK(contract_load(&interrupts) > 0);
	CHECK_EQ(sum, WORKERS * ROUNDS * 3 + contract_load(&interrupts));
}

void contract_cpu_words_swap(void)
{
	unsigned long word = pcpu_section_enter();

	words[km_port_cpu()].value = 5;
	CHECK_EQ(pcpu_read(words), 5);
	CHECK_EQ(pcpu_swap(words, 9), 5);
	CHECK_EQ(pcpu_read(words), 9);
	pcpu_section_leave(word);
	lists[km_port_cpu()] = (struct pcpu_head){ .high = 1 };
	CHECK(pcpu_take(lists) == NULL);
}

static unsigned int in_section;

static void look_for_section(unsigned int vector)
{
	if (contract_load(&in_section) == km_port_cpu() + 1)
		trouble();
	contract_add(&interrupts, 1);
}

void contract_cpu_section_keeps_interrupts_out(void)
{
	unsigned long word;
	unsigned int cpu;

	troubles = interrupts = 0;
	contract_on_interrupt = look_for_section;
	word = pcpu_section_enter();
	cpu = km_port_cpu();
	__atomic_store_n(&in_section, cpu + 1, __ATOMIC_SEQ_CST);
	km_port_interrupt(cpu, KM_VECTOR_IPI);
	for (unsigned int i = 0; i < 200; i++)
		km_port_point();
	CHECK_EQ(km_port_cpu(), cpu);
	CHECK_EQ(contract_load(&interrupts), 0);
	__atomic_store_n(&in_section, 0, __ATOMIC_SEQ_CST);
	pcpu_section_leave(word);
	CHECK(contract_await(&interrupts, 1));
	CHECK_EQ(troubles, 0);
	contract_on_interrupt = NULL;
}

/* -- busy waits -------------------------------------------------------------------------------- */

static unsigned int baton;

static void pass_baton_held(void *arg)
{
	struct km_port_thread *self = km_port_self();

	self->preempt_count++;
	__atomic_store_n(&baton, 1, __ATOMIC_SEQ_CST);
	CHECK(contract_await(&baton, 2));
	__atomic_store_n(&baton, 3, __ATOMIC_SEQ_CST);
	self->preempt_count--;
	contract_add(&finished, 1);
}

/* Both sides keep their CPU while they wait, as two holders of spin locks do. */
void contract_relax_lets_a_holder_on_another_cpu_finish(void)
{
	unsigned long word;

	if (km_port_cpus() < 2) {
		km_test_skip("one CPU");
		return;
	}
	finished = baton = 0;
	REQUIRE(contract_start(pass_baton_held, NULL));
	CHECK(contract_await(&baton, 1));
	word = km_port_irq_save();
	__atomic_store_n(&baton, 2, __ATOMIC_SEQ_CST);
	CHECK(contract_await(&baton, 3));
	km_port_irq_restore(word);
	CHECK(contract_await(&finished, 1));
}

static void set_stopping(void *arg)
{
	__atomic_store_n(&stopping, 1, __ATOMIC_SEQ_CST);
}

void contract_relax_lets_the_awaited_thread_run(void)
{
	stopping = 0;
	REQUIRE(contract_start(set_stopping, NULL));
	CHECK(contract_await(&stopping, 1));
}

void contract_yield_lets_others_run(void)
{
	stopping = 0;
	REQUIRE(contract_start(set_stopping, NULL));
	for (unsigned int i = 0; i < 1000000 && !contract_load(&stopping); i++)
		km_port_yield();
	CHECK_EQ(contract_load(&stopping), 1);
}
