/* SPDX-License-Identifier: MIT */
/*
 * percpu.h - the six per-CPU verbs, host: the CPU belongs to this thread, so only its own signals
 * can come between
 *
 * Raising irq_off around the few instructions makes a signal that arrives there wait (two plain
 * stores and a test, nothing atomic, no system call). The same interface as the other ports'.
 */
#ifndef PORT_PERCPU_H
#define PORT_PERCPU_H

#include <kmalloc/port.h>
#include <asm/port_inline.h>

/*
 * One CPU's list of free things: linked through the first word of each; own cache line. Arrays of
 * these are indexed by CPU.
 */
struct pcpu_head {
	void *first;
	union {
		/* taken and on the list: changed in one step, so counting costs nothing */
		uint64_t word;
		uint16_t count;	/* things on the list, its low bits */
	};
	uint16_t high;		/* give() answers true when count exceeds it: time to drain */
} __attribute__((aligned(64)));

static inline struct km_port_thread *pcpu_hold(void)
{
	struct km_port_thread *self = port_self_inline();

	self->irq_off++;
	PORT_BARRIER();
	return self;
}

static inline void pcpu_let_go(struct km_port_thread *self)
{
	PORT_BARRIER();
	self->irq_off--;
	PORT_BARRIER();
	if (__builtin_expect(self->irq_held != 0, 0))
		port_irq_held_quiet();	/* does nothing while an outer irq_off remains */
}

/*
 * A head's word: how often something was taken, modulo 2^48, above 16 bits of how much there is.
 * The machine is little-endian.
 */
#define PCPU_TAKEN	((1ull << 16) - 1)

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "count is the low half of word");

/* How often pcpu_take() was not in vain on this list; any CPU's. */
static inline uint64_t pcpu_taken(const struct pcpu_head *head)
{
	return *(const volatile uint64_t *)&head->word >> 16;
}

/* Pop this CPU's list; NULL if empty. */
static inline void *pcpu_take(struct pcpu_head *heads)
{
	struct km_port_thread *self = pcpu_hold();
	struct pcpu_head *head = &heads[self->cpu];
	void *node = head->first;

	if (__builtin_expect(node == NULL, 0)) {
		pcpu_let_go(self);
		return NULL;
	}
	head->first = *(void **)node;
	head->word += PCPU_TAKEN;
	pcpu_let_go(self);
	return node;
}

/* Push on this CPU's list; true when it is over its high mark (the caller then drains it). */
static inline bool pcpu_give(struct pcpu_head *heads, void *node)
{
	struct km_port_thread *self = pcpu_hold();
	struct pcpu_head *head = &heads[self->cpu];
	bool is_over;

	*(void **)node = head->first;
	head->first = node;
	is_over = (uint16_t)++head->word > head->high;
	pcpu_let_go(self);
	return is_over;
}

/*
 * Add to a per-CPU counter, read this CPU's, swap a per-CPU word. counters: array indexed by CPU,
 * stride 64 bytes.
 */
struct pcpu_word { long value; } __attribute__((aligned(64)));

static inline void pcpu_add(struct pcpu_word *words, long delta)
{
	struct km_port_thread *self = pcpu_hold();

	words[self->cpu].value += delta;
	pcpu_let_go(self);
}

static inline long pcpu_read(const struct pcpu_word *words)
{
	return *(const volatile long *)&words[port_self_inline()->cpu].value;
}

static inline long pcpu_swap(struct pcpu_word *words, long value)
{
	struct km_port_thread *self = pcpu_hold();
	struct pcpu_word *word = &words[self->cpu];
	long old = word->value;

	word->value = value;
	pcpu_let_go(self);
	return old;
}

/*
 * A longer stretch on this CPU's data: no interrupt, no move to another CPU. Returns the word for
 * leave.
 */
static inline unsigned long pcpu_section_enter(void)
{
	return port_irq_save_inline();
}

static inline void pcpu_section_leave(unsigned long word)
{
	port_irq_restore_inline(word);
}

#endif
