/* SPDX-License-Identifier: MIT */
/* mapping.h - what devices have been given; callers hold rules_lock */
#ifndef RULES_MAPPING_H
#define RULES_MAPPING_H

#include "rules/rules.h"

struct mapping {
	struct mapping *next;
	const void *device;
	uint64_t address;
	size_t bytes;
	uintptr_t memory;		/* as the CPU sees it; 0: registers */
	enum km_dma_kind kind;
	int direction;
	const void *list;
	uint32_t entries;
	/* numbers of stack.c; 0: it did not happen */
	uint32_t map_stack, free_stack, end_stack;
	bool is_tested;			/* dma_mapping_error() was asked */
};

/* What a call is about; @bytes of it count for mapping_holding() only. */
struct mapping_key {
	const void *device;
	uint64_t address;
	const void *list;
	const struct km_dma_call *call;
	size_t bytes;
};

void mappings_forget(void);
struct mapping *mapping_add(void);		/* zeroed, live; NULL: no memory */
/* The live one that fits best; NULL: none of that device at that address, or of that list. */
struct mapping *mapping_find(const struct mapping_key *key);
struct mapping *mapping_ended(const struct mapping_key *key);	/* the same of those that ended */
struct mapping *mapping_holding(const struct mapping_key *key);	/* the address is in it */
void mapping_end(struct mapping *mapping, uint32_t stack);	/* kept for a while */
void mapping_end_list(const void *device, const void *list, uint32_t stack);
struct mapping *mapping_of_memory(uintptr_t memory);	/* live coherent memory */
bool mappings_exist(void);			/* live ones; needs no lock */
/* dma_mapping_error() was asked for that address. */
void mapping_test(const void *device, uint64_t address);
/* Memory was freed: mappings of it remember where. */
void mapping_free(uintptr_t start, size_t bytes, uint32_t stack);

#endif
