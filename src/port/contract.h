/* SPDX-License-Identifier: MIT */
/*
 * contract.h - between the files of the contract test: hooks without an engine, and waiting
 */
#ifndef PORT_CONTRACT_H
#define PORT_CONTRACT_H

#include <kmalloc/port.h>
#include <test.h>

#define SECOND_NS	1000000000UL

/* The engine's task: the port's struct first (P1), and a word that nobody but the test writes. */
struct task {
	struct km_port_thread port;
	uint64_t word;
};

/* Called for each interrupt when set, with irq_off raised. */
extern void (*volatile contract_on_interrupt)(unsigned int vector);
extern unsigned int contract_attached;	/* how often hooks->attach came */
int contract_boot(void);

/* Busy wait until *word == want; false after two seconds. */
bool contract_await(const unsigned int *word, unsigned int want);
struct km_port_thread *contract_start(void (*entry)(void *), void *arg);

static inline unsigned int contract_load(const unsigned int *word)
{
	return __atomic_load_n(word, __ATOMIC_SEQ_CST);
}

static inline void contract_add(unsigned int *word, unsigned int value)
{
	__atomic_fetch_add(word, value, __ATOMIC_SEQ_CST);
}

/* contract_guard.c */
void contract_closed_pages_of_ram_keep_what_is_in_them(void);
/* contract_shadow.c */
void contract_shadow_is_zero_and_reaches_everything(void);
/* contract_cpu.c, for the list in contract_test.c */
void contract_cpu_keeps_its_thread_while_preemption_is_off(void);
void contract_cpu_lists_hand_nothing_out_twice(void);
void contract_cpu_counters_lose_nothing(void);
void contract_cpu_words_swap(void);
void contract_cpu_section_keeps_interrupts_out(void);
void contract_relax_lets_a_holder_on_another_cpu_finish(void);
void contract_relax_lets_the_awaited_thread_run(void);
void contract_yield_lets_others_run(void);

/* contract_text.c, likewise */
void contract_backtrace_names_the_callers(void);
void contract_backtrace_goes_on_below_an_interrupt(void);
void contract_written_text_arrives(void);
void contract_entropy_differs(void);
void contract_device_lines_may_be_named(void);
void contract_points_may_come_anywhere(void);

#endif
