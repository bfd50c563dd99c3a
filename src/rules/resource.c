/* SPDX-License-Identifier: MIT */
/*
 * resource.c - what a module made that is not memory, and where
 *
 * Owns: a record of each cache, thread, interrupt, workqueue, DMA mapping, registered file or
 *       device, and of each timer and work that was armed.
 * B1  One record a thing: what is made again at its address takes its place.
 * Lock: rules_lock.  Nothing here sleeps.
 */
#include "rules/resource.h"

#define BUCKETS		1024

static struct resource **resources, *spare;

int resource_boot(void)
{
	spare = NULL;
	resources = memory_carve(BUCKETS * sizeof(*resources));
	return resources ? 0 : -12;
}

void resource_shutdown(void)
{
	resources = NULL;
}

bool resource_is_on(void)
{
	return resources;
}

static struct resource **bucket_of(const void *object)
{
	return &resources[((uintptr_t)object >> 4 ^ (uintptr_t)object >> 16) % BUCKETS];
}

void resource_new(const struct km_event *event, const void *object, const char *kind,
		  bool is_cache)
{
	struct resource *resource;
	unsigned long irq;
	uint32_t number;

	number = stack_number(event->frame, event->caller);
	irq = km_spin_lock(&rules_lock);
	resource = *bucket_of(object);
	while (resource && resource->object != object)
		resource = resource->next;
	if (!resource) {
		resource = spare;
		if (resource)
			spare = resource->next;
		else
			resource = memory_carve(sizeof(*resource));
		if (resource) {
			resource->next = *bucket_of(object);
			*bucket_of(object) = resource;
		}
	}
	if (resource) {
		resource->object = object;
		resource->kind = kind;
		resource->stack = number;
		resource->is_cache = is_cache;
		resource->is_armed = event->order == 1 && event->family == KM_FAMILY_OTHER;
		resource->is_listed = is_cache || event->family != KM_FAMILY_OTHER;
		resource->is_module = leak_has_begun();
		resource->test = test_case_now();
		resource->is_excused = false;
	}
	km_spin_unlock(&rules_lock, irq);
}

void resource_gone(const void *object)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	struct resource **link = bucket_of(object), *resource;

	while (*link && (*link)->object != object)
		link = &(*link)->next;
	resource = *link;
	if (resource) {
		*link = resource->next;
		resource->next = spare;
		spare = resource;
	}
	km_spin_unlock(&rules_lock, irq);
}

struct resource resource_of(const void *object)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	struct resource *resource = *bucket_of(object), found = { .stack = 0 };

	while (resource && resource->object != object)
		resource = resource->next;
	if (resource)
		found = *resource;
	km_spin_unlock(&rules_lock, irq);
	return found;
}

void leak_excuse_resources(const char *test)
{
	for (unsigned int i = 0; i < BUCKETS; i++)
		for (struct resource *resource = resources[i]; resource; resource = resource->next)
			resource->is_excused |= resource->test == test;
}

void resource_each(void (*see)(const struct resource *resource))
{
	for (unsigned int i = 0; i < BUCKETS; i++)
		for (struct resource *resource = resources[i]; resource; resource = resource->next)
			see(resource);
}

void leak_each_mapping(void (*see)(const void *mapping))
{
	for (unsigned int i = 0; i < BUCKETS; i++)
		for (struct resource *resource = resources[i]; resource; resource = resource->next)
			if (!resource->is_armed)
				see(resource->object);
}
