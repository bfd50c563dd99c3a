/* SPDX-License-Identifier: MIT */
/*
 * dma.c - rule dma-unreachable: what is given to a device, and how it is taken back
 *
 * Owns: which mapping failed last on each device.  The mappings are mapping.c's; what memory is
 * fit for a device is judged in dma_memory.c.
 * D1  Wrong memory is told when it is mapped, and the mapping fails.
 * D2  A wrong unmapping ends the mapping all the same, so that what follows is no echo of it.
 * D3  A mapping that nobody tested with dma_mapping_error() is told where it was made, at its end.
 * D4  Memory that is freed while it is mapped is told when it is unmapped later; what is never
 *     unmapped is a leak, and that alone.
 * Lock: rules_lock.  Nothing here sleeps.
 */
#include <linux/sprintf.h>
#include "rules/dma.h"
#include "rules/mapping.h"
#include "rules/objects.h"

#define MAPPING_ERROR	(~(uint64_t)0)

struct failure {
	struct failure *next;
	const void *device;
	uint32_t stack;
	bool is_tested;
};

static struct failure *failures;

static int dma_rule_boot(void)
{
	mappings_forget();
	failures = NULL;
	return 0;
}

static const char *kind_name(enum km_dma_kind kind)
{
	static const char *const names[] = {
		"single", "page", "scatter-gather", "resource", "coherent", "pool",
	};

	return names[kind];
}

static const char *direction_name(int direction)
{
	static const char *const names[] = {
		"DMA_BIDIRECTIONAL", "DMA_TO_DEVICE", "DMA_FROM_DEVICE", "DMA_NONE",
	};

	return names[direction & 3];
}

/* -- telling ---------------------------------------------------------------------------------- */

static void add_also(struct km_finding *finding, unsigned int at, const char *role,
		     uint32_t stack)
{
	if (!stack)
		return;
	finding->also[at].role = role;
	stack_read(stack, &finding->also[at].stack);
}

static void tell(const struct km_event *event, struct km_finding *finding, const char *what,
		 const struct mapping *mapping)
{
	char text[RULES_TEXT];

	scnprintf(text, sizeof(text), "DMA-API: %s %s: device driver %s", event->dma->driver_name,
		  event->dma->device_name, what);
	finding->message = text;
	if (mapping && mapping->map_stack)
		add_also(finding, 0, "mapped", mapping->map_stack);
	if (mapping && mapping->end_stack)
		add_also(finding, finding->also[0].role ? 1 : 0, "unmapped", mapping->end_stack);
	record_finding(finding);
}

static void start(const struct km_event *event, struct km_finding *finding, const char *help)
{
	record_start(finding, "dma-unreachable");
	stack_take(event->frame, event->caller, &finding->stack);
	if (help)
		finding->help = help;
}

/* D3; @stack: where it was mapped. */
static void tell_untested(const struct km_event *event, const struct mapping *mapping)
{
	struct km_finding finding;
	char what[160];

	start(event, &finding, "Ask dma_mapping_error() before the address is given to the device; "
		      "a mapping can fail like an allocation.");
	stack_read(mapping->map_stack, &finding.stack);
	scnprintf(what, sizeof(what),
		  "failed to check map error [device address=0x%016llx] [size=%llu bytes] [mapped "
		  "as %s]",
		  (unsigned long long)mapping->address, (unsigned long long)mapping->bytes,
		  kind_name(mapping->kind));
	tell(event, &finding, what, NULL);
}

/* -- mapping ---------------------------------------------------------------------------------- */

static void see_map(const struct km_event *event, uint32_t stack)
{
	const struct km_dma_call *call = event->dma;
	unsigned long irq = km_spin_lock(&rules_lock);
	struct mapping *mapping = mapping_add();

	if (mapping) {
		mapping->device = call->device;
		mapping->address = call->address;
		mapping->bytes = event->bytes;
		mapping->memory = (uintptr_t)event->object;
		mapping->kind = call->kind;
		mapping->direction = call->direction;
		mapping->list = call->list;
		mapping->entries = call->entries;
		mapping->map_stack = stack;
		mapping->is_tested = call->kind == KM_DMA_LIST || call->kind == KM_DMA_COHERENT;
	}
	km_spin_unlock(&rules_lock, irq);
}

static struct failure *failure_of(const void *device)
{
	struct failure *failure = failures;

	while (failure && failure->device != device)
		failure = failure->next;
	return failure;
}

static void see_fail(const struct km_event *event, uint32_t stack)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	struct failure *failure = failure_of(event->dma->device);

	if (!failure) {
		failure = memory_carve(sizeof(*failure));
		if (failure) {
			failure->device = event->dma->device;
			failure->next = failures;
			failures = failure;
		}
	}
	if (failure) {
		failure->stack = stack;
		failure->is_tested = false;
	}
	km_spin_unlock(&rules_lock, irq);
}

static void see_test(const struct km_event *event)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	struct failure *failure = failure_of(event->dma->device);

	if (event->dma->address != MAPPING_ERROR)
		mapping_test(event->dma->device, event->dma->address);
	else if (failure)
		failure->is_tested = true;
	km_spin_unlock(&rules_lock, irq);
}

/* -- taking back ------------------------------------------------------------------------------ */

/* dma_unmap_*(DMA_MAPPING_ERROR). */
static void see_unmap_error(const struct km_event *event)
{
	struct mapping failed = { .address = MAPPING_ERROR, .bytes = event->bytes,
				  .kind = event->dma->kind };
	unsigned long irq = km_spin_lock(&rules_lock);
	struct failure *failure = failure_of(event->dma->device);
	struct km_finding finding;

	if (failure && !failure->is_tested)
		failed.map_stack = failure->stack;
	km_spin_unlock(&rules_lock, irq);
	if (failed.map_stack) {
		tell_untested(event, &failed);
		return;
	}
	start(event, &finding, "A mapping that failed is not there: leave the error path before "
			       "the unmapping.");
	tell(event, &finding, "tries to free an invalid DMA memory address", NULL);
}

static void see_unknown(const struct km_event *event, const struct mapping *was)
{
	const struct km_dma_call *call = event->dma;
	struct km_finding finding;
	char what[160];

	start(event, &finding, was ? "Unmap once: forget the address when it is unmapped."
				   : "Unmap what dma_map_*() of the same device returned, and "
				     "nothing else.");
	if (call->kind == KM_DMA_LIST)
		scnprintf(what, sizeof(what), "tries to free DMA memory it has not allocated "
			  "[%u entries of a list]%s", call->entries,
			  was ? ": it is unmapped already" : "");
	else
		scnprintf(what, sizeof(what), "tries to free DMA memory it has not allocated "
			  "[device address=0x%016llx] [size=%llu bytes]%s",
			  (unsigned long long)call->address, (unsigned long long)event->bytes,
			  was ? ": it is unmapped already" : "");
	tell(event, &finding, what, was);
}

/* What is wrong with the unmapping of @was; false: nothing. */
static bool word_mismatch(char *what, size_t bytes, const struct km_event *event,
			  const struct mapping *was)
{
	const struct km_dma_call *call = event->dma;
	unsigned long long address = was->address;

	if (call->kind != was->kind)
		scnprintf(what, bytes, "frees DMA memory with wrong function [device "
			  "address=0x%016llx] [size=%zu bytes] [mapped as %s] [unmapped as %s]",
			  address, was->bytes, kind_name(was->kind), kind_name(call->kind));
	else if (call->kind == KM_DMA_LIST && call->entries != was->entries)
		scnprintf(what, bytes, "frees DMA sg list with different entry count [map "
			  "count=%u] [unmap count=%u]", was->entries, call->entries);
	else if (call->kind != KM_DMA_LIST && event->bytes != was->bytes)
		scnprintf(what, bytes, "frees DMA memory with different size [device "
			  "address=0x%016llx] [map size=%zu bytes] [unmap size=%zu bytes]",
			  address, was->bytes, event->bytes);
	else if (call->kind == KM_DMA_COHERENT && (uintptr_t)event->object != was->memory)
		scnprintf(what, bytes, "frees DMA memory with different CPU address [device "
			  "address=0x%016llx] [size=%zu bytes] [cpu alloc address=0x%016lx] [cpu "
			  "free address=0x%016lx]", address, was->bytes,
			  (unsigned long)was->memory, (unsigned long)event->object);
	else if (call->direction != was->direction)
		scnprintf(what, bytes, "frees DMA memory with different direction [device "
			  "address=0x%016llx] [size=%zu bytes] [mapped with %s] [unmapped with %s]",
			  address, was->bytes, direction_name(was->direction),
			  direction_name(call->direction));
	else
		return false;
	return true;
}

/* D4 */
static void tell_freed(const struct km_event *event, const struct mapping *was)
{
	struct km_finding finding;
	char what[160];

	start(event, &finding, "Unmap first, then free: until then the memory is the device's.");
	add_also(&finding, 1, "unmapped", stack_keep(&finding.stack));
	stack_read(was->free_stack, &finding.stack);
	scnprintf(what, sizeof(what), "frees memory that is mapped [device address=0x%016llx] "
		  "[size=%zu bytes] [mapped as %s]", (unsigned long long)was->address, was->bytes,
		  kind_name(was->kind));
	tell(event, &finding, what, was);
}

static bool tell_ended(const struct km_event *event, const struct mapping *was)
{
	struct km_finding finding;
	char what[240];

	if (!was->is_tested)
		tell_untested(event, was);
	if (was->free_stack) {
		tell_freed(event, was);
		return true;
	}
	if (!word_mismatch(what, sizeof(what), event, was))
		return false;
	start(event, &finding, was->kind == KM_DMA_COHERENT
			       ? "Free it with the size, address and handle that "
				 "dma_alloc_coherent() took and gave."
			       : "Unmap with the function that belongs to the one that mapped, and "
				 "with the same device, address, size and direction.");
	tell(event, &finding, what, was);
	return true;
}

static struct mapping_key key_of(const struct km_event *event)
{
	return (struct mapping_key){
		.device = event->dma->device, .address = event->dma->address,
		.list = event->dma->kind == KM_DMA_LIST ? event->dma->list : NULL,
		.call = event->dma, .bytes = event->bytes,
	};
}

static bool see_unmap(const struct km_event *event, uint32_t stack)
{
	struct mapping_key key = key_of(event);
	struct mapping *mapping, was = { .end_stack = 0 };
	bool is_live, is_known;
	unsigned long irq;

	if (event->dma->kind != KM_DMA_LIST && event->dma->address == MAPPING_ERROR) {
		see_unmap_error(event);
		return true;
	}
	irq = km_spin_lock(&rules_lock);
	mapping = mapping_find(&key);
	is_live = mapping != NULL;
	if (!mapping)
		mapping = mapping_ended(&key);
	is_known = mapping != NULL;
	if (is_known)
		was = *mapping;
	if (is_live && key.list)
		mapping_end_list(key.device, key.list, stack);
	else if (is_live)
		mapping_end(mapping, stack);
	km_spin_unlock(&rules_lock, irq);
	if (is_live)
		return tell_ended(event, &was);
	see_unknown(event, is_known ? &was : NULL);
	return true;
}

/* -- coherent memory: whose it is is lifetime.c's matter --------------------------------------- */

/* The mapping that starts at the address which is freed, whatever else was said. */
static bool coherent_at(const struct km_event *event, struct mapping *ret_was, uint32_t stack)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	struct object *object = object_at((uintptr_t)event->object);
	bool is_live = object && object->state == OBJECT_LIVE &&
		       object->family == KM_FAMILY_DMA;
	struct mapping *mapping = is_live ? mapping_of_memory((uintptr_t)event->object) : NULL;

	if (mapping) {
		*ret_was = *mapping;
		mapping_end(mapping, stack);
	}
	km_spin_unlock(&rules_lock, irq);
	return mapping != NULL;
}

static bool see_coherent_free(const struct km_event *event, uint32_t stack)
{
	struct mapping was;
	struct km_finding finding;
	char what[240];
	bool is_known = event->object && coherent_at(event, &was, stack);
	bool is_wrong = true;

	if (is_known && was.device != event->dma->device)
		scnprintf(what, sizeof(what), "frees DMA memory of another device [device "
			  "address=0x%016llx] [size=%zu bytes]", (unsigned long long)was.address,
			  was.bytes);
	else if (is_known && was.address != event->dma->address)
		scnprintf(what, sizeof(what), "frees DMA memory with different device address "
			  "[alloc address=0x%016llx] [free address=0x%016llx] [size=%zu bytes]",
			  (unsigned long long)was.address,
			  (unsigned long long)event->dma->address, was.bytes);
	else if (is_known)
		is_wrong = word_mismatch(what, sizeof(what), event, &was);
	else
		is_wrong = false;
	if (is_wrong) {
		start(event, &finding, "Free it with the device, size, address and handle that "
				       "dma_alloc_coherent() took and gave.");
		tell(event, &finding, what, &was);
	}
	return is_wrong;
}

static bool see_pool_free(const struct km_event *event)
{
	const struct km_dma_call *call = event->dma;
	struct km_finding finding;
	char text[RULES_TEXT];

	if (call->pool) {
		record_start(&finding, "invalid-free");
		scnprintf(text, sizeof(text), "BUG: invalid-free: dma_pool_free() to a pool of "
			  "device %s, but the block is from pool %s", call->device_name,
			  call->pool);
		finding.help = "Give the block back to the pool it was allocated from.";
	} else {
		record_start(&finding, "dma-unreachable");
		scnprintf(text, sizeof(text), "DMA-API: %s %s: dma_pool_free() with different "
			  "device address [alloc address=0x%016llx] [free address=0x%016llx]",
			  call->driver_name, call->device_name, (unsigned long long)call->limit,
			  (unsigned long long)call->address);
		finding.help = "Give back the handle that dma_pool_alloc() returned.";
	}
	stack_take(event->frame, event->caller, &finding.stack);
	finding.message = text;
	record_finding(&finding);
	return true;
}

/* -- whose turn it is ------------------------------------------------------------------------- */

static bool is_coherent_memory(const struct mapping *mapping)
{
	return mapping && mapping->kind == KM_DMA_COHERENT;
}

static bool word_sync(char *what, size_t bytes, const struct km_event *event,
		      const struct mapping *was)
{
	const struct km_dma_call *call = event->dma;
	uint64_t end = call->address - was->address + event->bytes;

	if (call->kind != KM_DMA_LIST && end > was->bytes)
		scnprintf(what, bytes, "syncs DMA memory outside allocated range [device "
			  "address=0x%016llx] [allocation size=%zu bytes] [sync offset+size=%llu]",
			  (unsigned long long)was->address, was->bytes, (unsigned long long)end);
	else if (call->kind == KM_DMA_LIST && call->entries != was->entries)
		scnprintf(what, bytes, "syncs DMA sg list with different entry count [map "
			  "count=%u] [sync count=%u]", was->entries, call->entries);
	else if (was->direction && call->direction != was->direction)
		scnprintf(what, bytes, "syncs DMA memory with different direction [device "
			  "address=0x%016llx] [size=%zu bytes] [mapped with %s] [synced with %s]",
			  (unsigned long long)was->address, was->bytes,
			  direction_name(was->direction), direction_name(call->direction));
	else
		return false;
	return true;
}

static bool see_sync(const struct km_event *event)
{
	struct mapping_key key = key_of(event);
	struct mapping *mapping, was = { .end_stack = 0 };
	struct km_finding finding;
	char what[240];
	unsigned long irq;
	bool is_live;

	irq = km_spin_lock(&rules_lock);
	mapping = key.list ? mapping_find(&key) : mapping_holding(&key);
	is_live = mapping != NULL;
	if (!mapping)
		mapping = mapping_ended(&key);
	if (mapping)
		was = *mapping;
	km_spin_unlock(&rules_lock, irq);
	if (is_live && (is_coherent_memory(&was) || !word_sync(what, sizeof(what), event, &was)))
		return false;
	if (!is_live)
		scnprintf(what, sizeof(what), "tries to sync DMA memory it has not allocated "
			  "[device address=0x%016llx] [size=%zu bytes]%s",
			  (unsigned long long)event->dma->address, event->bytes,
			  was.map_stack ? ": it is unmapped already" : "");
	start(event, &finding, "Sync only what is mapped, within its bounds and in the direction "
			       "it was mapped with.");
	tell(event, &finding, what, was.map_stack ? &was : NULL);
	return true;
}

static bool see_dma(const struct km_event *event)
{
	uint32_t number;

	if (event->dma->step == KM_DMA_ASK)
		return dma_memory_is_wrong(event);
	number = stack_number(event->frame, event->caller);
	switch (event->dma->step) {
	case KM_DMA_MAP:
		see_map(event, number);
		return false;
	case KM_DMA_FAIL:
		see_fail(event, number);
		return false;
	case KM_DMA_TEST:
		see_test(event);
		return false;
	case KM_DMA_UNMAP:
		if (event->dma->kind == KM_DMA_POOL)
			return see_pool_free(event);
		return event->dma->kind == KM_DMA_COHERENT ? see_coherent_free(event, number)
							   : see_unmap(event, number);
	default:
		return see_sync(event);
	}
}

/* lifetime.c has let it pass. */
static void see_free(const struct km_event *event)
{
	struct object *object;
	unsigned long irq;
	uint32_t number;

	if (!mappings_exist())
		return;
	number = stack_number(event->frame, event->caller);
	irq = km_spin_lock(&rules_lock);
	object = object_at((uintptr_t)event->object);
	if (object)
		mapping_free(object->start, object->usable, number);
	km_spin_unlock(&rules_lock, irq);
}

static enum km_verdict dma_see(const struct km_event *event)
{
	if (event->point == KM_POINT_FREE_ASK) {
		see_free(event);
		return KM_GO;
	}
	return see_dma(event) ? KM_REFUSE : KM_GO;
}

const struct km_rule dma_rule = {
	.id = "dma-unreachable",
	.points = POINT_BIT(DMA) | POINT_BIT(FREE_ASK),
	.boot = dma_rule_boot,
	.see = dma_see,
};
