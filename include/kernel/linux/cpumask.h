/* SPDX-License-Identifier: MIT */
/* cpumask.h - sets of CPUs; at most 64, so one word */
#ifndef __LINUX_CPUMASK_H
#define __LINUX_CPUMASK_H

#include <linux/compiler.h>
#include <linux/find.h>
#include <linux/types.h>
#include <kmalloc/port.h>

#define NR_CPUS		CONFIG_NR_CPUS

typedef struct cpumask { unsigned long bits[1]; } cpumask_t;
typedef struct cpumask cpumask_var_t[1];

_Static_assert(NR_CPUS <= 64, "a cpumask is one word");
_Static_assert(NR_CPUS == KM_MAX_CPUS, "the port and the kernel headers agree");

extern unsigned int nr_cpu_ids KM_SYM(nr_cpu_ids);
/* all CPUs of the machine; they are always online */
extern struct cpumask __cpu_possible_mask KM_SYM(__cpu_possible_mask);
#define cpu_possible_mask	((const struct cpumask *)&__cpu_possible_mask)
#define cpu_online_mask		cpu_possible_mask
#define cpu_present_mask	cpu_possible_mask
#define cpu_active_mask		cpu_possible_mask
#define num_possible_cpus()	nr_cpu_ids
#define num_online_cpus()	nr_cpu_ids
#define num_present_cpus()	nr_cpu_ids
#define num_active_cpus()	nr_cpu_ids
#define cpu_possible(cpu)	((unsigned int)(cpu) < nr_cpu_ids)
#define cpu_online(cpu)		cpu_possible(cpu)
#define cpu_present(cpu)	cpu_possible(cpu)
#define cpu_active(cpu)		cpu_possible(cpu)
#define nr_cpumask_bits		nr_cpu_ids
#define small_cpumask_bits	NR_CPUS
#define cpumask_bits(maskp)	((maskp)->bits)
#define cpumask_pr_args(maskp)	nr_cpu_ids, cpumask_bits(maskp)
#define CPU_MASK_NONE		((cpumask_t){ { 0 } })
#define CPU_MASK_CPU0		((cpumask_t){ { 1 } })

/* The lowest CPU in @word not below @from; nr_cpu_ids if there is none. */
static inline unsigned int km_cpu_from(unsigned long word, unsigned int from)
{
	if (from >= nr_cpu_ids)
		return nr_cpu_ids;
	word &= ~0UL << from;
	if (!word || (unsigned int)__builtin_ctzl(word) >= nr_cpu_ids)
		return nr_cpu_ids;
	return (unsigned int)__builtin_ctzl(word);
}

static inline void cpumask_set_cpu(unsigned int cpu, struct cpumask *mask)
{
	__atomic_fetch_or(&mask->bits[0], 1UL << cpu, __ATOMIC_RELAXED);
}

static inline void cpumask_clear_cpu(int cpu, struct cpumask *mask)
{
	__atomic_fetch_and(&mask->bits[0], ~(1UL << cpu), __ATOMIC_RELAXED);
}

static inline void __cpumask_set_cpu(unsigned int cpu, struct cpumask *mask)
{
	mask->bits[0] |= 1UL << cpu;
}

static inline void __cpumask_clear_cpu(int cpu, struct cpumask *mask)
{
	mask->bits[0] &= ~(1UL << cpu);
}

static inline bool cpumask_test_cpu(int cpu, const struct cpumask *mask)
{
	return (READ_ONCE(mask->bits[0]) >> cpu) & 1;
}

static inline bool cpumask_test_and_set_cpu(int cpu, struct cpumask *mask)
{
	return (__atomic_fetch_or(&mask->bits[0], 1UL << cpu, __ATOMIC_SEQ_CST) >> cpu) & 1;
}

static inline bool cpumask_test_and_clear_cpu(int cpu, struct cpumask *mask)
{
	return (__atomic_fetch_and(&mask->bits[0], ~(1UL << cpu), __ATOMIC_SEQ_CST) >> cpu) & 1;
}

static inline void cpumask_setall(struct cpumask *mask)
{
	mask->bits[0] = ~0UL >> (64 - nr_cpu_ids);
}

static inline void cpumask_clear(struct cpumask *mask)
{
	mask->bits[0] = 0;
}

static inline void cpumask_copy(struct cpumask *to, const struct cpumask *from)
{
	*to = *from;
}

static inline bool cpumask_and(struct cpumask *to, const struct cpumask *a, const struct cpumask *b)
{
	return (to->bits[0] = a->bits[0] & b->bits[0]) != 0;
}

static inline void cpumask_or(struct cpumask *to, const struct cpumask *a, const struct cpumask *b)
{
	to->bits[0] = a->bits[0] | b->bits[0];
}

static inline void cpumask_xor(struct cpumask *to, const struct cpumask *a, const struct cpumask *b)
{
	to->bits[0] = a->bits[0] ^ b->bits[0];
}

static inline bool cpumask_andnot(struct cpumask *to, const struct cpumask *a,
				  const struct cpumask *b)
{
	return (to->bits[0] = a->bits[0] & ~b->bits[0]) != 0;
}

static inline bool cpumask_equal(const struct cpumask *a, const struct cpumask *b)
{
	return a->bits[0] == b->bits[0];
}

static inline bool cpumask_intersects(const struct cpumask *a, const struct cpumask *b)
{
	return (a->bits[0] & b->bits[0]) != 0;
}

static inline bool cpumask_subset(const struct cpumask *a, const struct cpumask *b)
{
	return !(a->bits[0] & ~b->bits[0]);
}

static inline bool cpumask_empty(const struct cpumask *mask)
{
	return !mask->bits[0];
}

static inline bool cpumask_full(const struct cpumask *mask)
{
	return mask->bits[0] == ~0UL >> (64 - nr_cpu_ids);
}

static inline unsigned int cpumask_weight(const struct cpumask *mask)
{
	return (unsigned int)__builtin_popcountl(mask->bits[0]);
}

static inline unsigned int cpumask_first(const struct cpumask *mask)
{
	return km_cpu_from(mask->bits[0], 0);
}

static inline unsigned int cpumask_next(int n, const struct cpumask *mask)
{
	return km_cpu_from(mask->bits[0], (unsigned int)(n + 1));
}

static inline unsigned int cpumask_first_zero(const struct cpumask *mask)
{
	return km_cpu_from(~mask->bits[0], 0);
}

static inline unsigned int cpumask_next_zero(int n, const struct cpumask *mask)
{
	return km_cpu_from(~mask->bits[0], (unsigned int)(n + 1));
}

static inline unsigned int cpumask_next_and(int n, const struct cpumask *a, const struct cpumask *b)
{
	return km_cpu_from(a->bits[0] & b->bits[0], (unsigned int)(n + 1));
}

static inline unsigned int cpumask_first_and(const struct cpumask *a, const struct cpumask *b)
{
	return km_cpu_from(a->bits[0] & b->bits[0], 0);
}

#define cpumask_any(mask)		cpumask_first(mask)
#define cpumask_any_and(a, b)		cpumask_first_and(a, b)
#define cpumask_last(mask) \
	(cpumask_empty(mask) ? nr_cpu_ids : 63u - __builtin_clzl((mask)->bits[0]))

extern const struct cpumask km_cpu_masks[NR_CPUS] KM_SYM(cpu_masks);
#define cpumask_of(cpu)	(&km_cpu_masks[cpu])

#define for_each_cpu(cpu, mask)                                                                    \
	for ((cpu) = cpumask_first(mask); (unsigned int)(cpu) < nr_cpu_ids;                        \
	     (cpu) = cpumask_next((int)(cpu), mask))
#define for_each_cpu_and(cpu, a, b)                                                                \
	for ((cpu) = cpumask_first_and(a, b); (unsigned int)(cpu) < nr_cpu_ids;                    \
	     (cpu) = cpumask_next_and((int)(cpu), a, b))
#define for_each_cpu_andnot(cpu, a, b)                                                             \
	for_each_andnot_bit(cpu, cpumask_bits(a), cpumask_bits(b), nr_cpu_ids)
#define for_each_cpu_or(cpu, a, b)                                                                 \
	for_each_or_bit(cpu, cpumask_bits(a), cpumask_bits(b), nr_cpu_ids)
/* From @start on, round the end, up to the CPU before it. */
#define for_each_cpu_wrap(cpu, mask, start)                                                        \
	for_each_set_bit_wrap(cpu, cpumask_bits(mask), nr_cpu_ids, start)
#define for_each_possible_cpu(cpu)	for ((cpu) = 0; (unsigned int)(cpu) < nr_cpu_ids; (cpu)++)
#define for_each_online_cpu(cpu)	for_each_possible_cpu(cpu)
#define for_each_present_cpu(cpu)	for_each_possible_cpu(cpu)

/* One word needs no allocation: these cannot fail. */
static inline bool alloc_cpumask_var(cpumask_var_t *mask, gfp_t flags)
{
	return true;
}

static inline bool zalloc_cpumask_var(cpumask_var_t *mask, gfp_t flags)
{
	cpumask_clear(*mask);
	return true;
}

static inline void free_cpumask_var(cpumask_var_t mask) { }
static inline bool cpumask_available(cpumask_var_t mask) { return true; }

#endif
