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
	uint32_t count;		/* things on the list */
	uint32_t high;		/* give() answers true when count exceeds it: time to drain */
} __attribute__((aligned(64)));

/* Pop this CPU's list; NULL if empty. */
static inline void *pcpu_take(struct pcpu_head *heads)
{
	struct pcpu_head *head = &heads[km_port_self()->cpu];
	void *node = head->first;

	if (node) {
		head->first = *(void **)node;
		head->count--;
	}
	return node;
}

/* Push on this CPU's list; true when it is over its high mark (the caller then drains it). */
static inline bool pcpu_give(struct pcpu_head *heads, void *node)
{
	struct pcpu_head *head = &heads[km_port_self()->cpu];

	*(void **)node = head->first;
	head->first = node;
	return ++head->count > head->high;
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
