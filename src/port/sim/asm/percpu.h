/* SPDX-License-Identifier: MIT */
/*
 * percpu.h - the six per-CPU verbs, sim: one host thread, so plain C between two points is atomic
 */
#ifndef PORT_PERCPU_H
#define PORT_PERCPU_H

#include <kmalloc/port.h>

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
	struct pcpu_head *head = &heads[km_port_self()->cpu];
	void *node = head->first;

	if (node) {
		head->first = *(void **)node;
		head->word += PCPU_TAKEN;
	}
	return node;
}

/* Push on this CPU's list; true when it is over its high mark (the caller then drains it). */
static inline bool pcpu_give(struct pcpu_head *heads, void *node)
{
	struct pcpu_head *head = &heads[km_port_self()->cpu];

	*(void **)node = head->first;
	head->first = node;
	return (uint16_t)++head->word > head->high;
}

/*
 * Add to a per-CPU counter, read this CPU's, swap a per-CPU word. counters: array indexed by CPU,
 * stride 64 bytes.
 */
struct pcpu_word { long value; } __attribute__((aligned(64)));

static inline void pcpu_add(struct pcpu_word *words, long delta)
{
	words[km_port_self()->cpu].value += delta;
}

static inline long pcpu_read(const struct pcpu_word *words)
{
	return words[km_port_self()->cpu].value;
}

static inline long pcpu_swap(struct pcpu_word *words, long value)
{
	struct pcpu_word *word = &words[km_port_self()->cpu];
	long old = word->value;

	word->value = value;
	return old;
}

/*
 * A longer stretch on this CPU's data: no interrupt, no move to another CPU. Returns the word for
 * leave.
 */
static inline unsigned long pcpu_section_enter(void)
{
	return km_port_irq_save();
}

static inline void pcpu_section_leave(unsigned long word)
{
	km_port_irq_restore(word);
}

#endif
