/* SPDX-License-Identifier: MIT */
/*
 * resource.h - what a module made that is not memory, for the ledger of leaks
 */
#ifndef RULES_RESOURCE_H
#define RULES_RESOURCE_H

#include "rules/rules.h"

struct resource {
	struct resource *next;
	const void *object;
	const char *kind;
	const char *test;	/* the KUnit case it was made in; NULL: none */
	uint32_t stack;
	bool is_cache, is_module, is_excused;
	bool is_armed;		/* a timer or work: kern knows if it waits */
	bool is_listed;		/* kern does not know it: told from the list at the end */
};

int resource_boot(void);		/* 0 or negative errno */
void resource_shutdown(void);
bool resource_is_on(void);
void resource_new(const struct km_event *event, const void *object, const char *kind,
		  bool is_cache);
void resource_gone(const void *object);
/* What is known of @object; the empty one: nothing. */
struct resource resource_of(const void *object);
void resource_each(void (*see)(const struct resource *resource));

#endif
