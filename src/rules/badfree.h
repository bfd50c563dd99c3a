/* SPDX-License-Identifier: MIT */
/* badfree.h - a free that is wrong: what is the matter with it, and the words for it */
#ifndef RULES_BADFREE_H
#define RULES_BADFREE_H

#include "rules/objects.h"

/* What the records say about one free, copied under the lock so that the report needs none. */
struct free_facts {
	enum {
		FREE_FINE,
		FREE_TWICE,	/* the object was freed before, or lies in its pool */
		FREE_INSIDE,	/* behind an object's first byte */
		FREE_COPY,	/* a CPU's copy of a percpu object */
		FREE_UNKNOWN,	/* nothing was ever handed out there */
		FREE_MISMATCH,	/* by a function that is not for it */
		FREE_CACHE,	/* to another cache */
		FREE_ORDER,	/* of another order or size */
		FREE_LOST,	/* the call does not find it where it should be */
	} kind;
	struct object object;
	bool has_object;
	int cpu;		/* COPY */
};

/* Tells @facts, which are not FREE_FINE, of the free @event. */
void badfree_report(const struct km_event *event, const struct free_facts *facts);
/* krealloc(), ksize() of what is no longer the caller's. */
void badfree_report_late(const struct km_event *event, const struct object *object);
/* The object's part of a finding: where it lies, its size, its cache, both stacks. */
void badfree_describe(struct km_finding *finding, const struct object *object);

/* pointer.c: what @address is, when no record has it; *ret_help is set where there is advice. */
void pointer_words(uintptr_t address, char *text, size_t bytes, const char **ret_help);

#endif
