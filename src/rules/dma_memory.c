/* SPDX-License-Identifier: MIT */
/*
 * dma_memory.c - is memory fit for a device?
 *
 * Owns nothing.  Fit is RAM in the linear map that is the caller's, as far as it reaches, and that
 * the device reaches, itself or by bouncing.
 * M1  NULL and error pointers after an injected failure are null-unchecked: that is the cause.
 * M2  A list's entry, and a page, may span neighbouring pages that were allocated one by one.
 * Lock: rules_lock for the records.  Nothing here sleeps.
 */
#include <linux/mm.h>
#include <linux/sprintf.h>
#include <linux/vmalloc.h>
#include "kern/core.h"
#include "page/page_room.h"
#include "rules/dma.h"
#include "rules/objects.h"

#define NEAR_NULL	4096u

struct verdict {
	const char *rule, *what, *help;
	struct object object;
	bool has_object, must_fail;
};

static bool see_stack(struct task_struct *task, void *arg)
{
	uintptr_t address = *(const uintptr_t *)arg;

	return address >= (uintptr_t)task->thread.stack_low &&
	       address < (uintptr_t)task->thread.stack_high;
}

static bool object_copy(uintptr_t address, struct object *ret_object)
{
	unsigned long irq = km_spin_lock(&rules_lock);
	const struct object *object = object_around(address);

	if (object)
		*ret_object = *object;
	km_spin_unlock(&rules_lock, irq);
	return object != NULL;
}

static void judge_null(uintptr_t address, struct verdict *verdict)
{
	if (fault_injected(NULL, NULL))
		verdict->rule = "null-unchecked";
	verdict->what = address < NEAR_NULL ? "maps memory from invalid area: a NULL pointer"
					    : "maps memory from invalid area: an error pointer";
	verdict->help = "Test the result of the allocation before it is mapped.";
}

/* No RAM of the linear map. */
static void judge_elsewhere(uintptr_t address, struct verdict *verdict)
{
	verdict->help = "Allocate the buffer with kmalloc(), alloc_pages() or "
			"dma_alloc_coherent().";
	if (task_any(see_stack, &address)) {
		verdict->what = "maps memory from stack";
		verdict->help = "A stack may lie in vmalloc memory, and goes away: allocate the "
				"buffer with kmalloc().";
	} else if (verdict->has_object || is_vmalloc_addr((const void *)address)) {
		verdict->what = "maps memory from vmalloc area";
		verdict->help = "Map vmalloc memory page by page (vmalloc_to_page()), or use "
				"kmalloc() or dma_alloc_coherent().";
	} else {
		verdict->what = "maps memory from invalid area: a variable of the module, or no "
				"memory at all";
	}
}

/* The next object begins where @end is, and is part of the same run of pages (M2). */
static bool goes_on(const struct km_event *event, uintptr_t end, struct object *ret_object)
{
	return (event->dma->kind == KM_DMA_PAGE || event->dma->kind == KM_DMA_LIST) &&
	       PAGE_ALIGNED(end) && object_copy(end, ret_object) &&
	       ret_object->start == end && ret_object->state == OBJECT_LIVE &&
	       ret_object->family == KM_FAMILY_PAGES;
}

static void judge_object(const struct km_event *event, struct verdict *verdict)
{
	uintptr_t end = (uintptr_t)event->object + event->bytes;
	struct object object = verdict->object;

	if (object.state == OBJECT_FREED) {
		verdict->what = "maps freed memory";
		verdict->help = "Map the memory while it is allocated, and free it after it is "
				"unmapped.";
		return;
	}
	while (end > object.start + object.bytes)
		if (!goes_on(event, object.start + object.usable, &object))
			break;
	if (end <= object.start + object.bytes)
		return;
	verdict->what = "maps memory beyond the end of an allocation: what follows is not the "
			"caller's, and need not be contiguous";
	verdict->help = "Map no more bytes than were allocated; map separate pages one by one, or "
			"as a scatterlist.";
	verdict->must_fail = false;
}

static void judge_reach(const struct km_event *event, struct verdict *verdict)
{
	if (!event->dma->limit)
		return;
	verdict->what = "";
	verdict->help = event->dma->limit < (u64)0xffffffff
		? "Allocate with GFP_DMA as the device's mask asks, or use dma_alloc_coherent()."
		: "Allocate pages with GFP_DMA32, or use dma_alloc_coherent(), or map less at a "
		  "time (dma_max_mapping_size()).";
}

static void judge(const struct km_event *event, struct verdict *verdict)
{
	uintptr_t address = (uintptr_t)event->object;

	if (address < NEAR_NULL || address >= (uintptr_t)0 - NEAR_NULL) {
		judge_null(address, verdict);
		return;
	}
	verdict->has_object = object_copy(address, &verdict->object);
	if (!frame_of(event->object)) {
		judge_elsewhere(address, verdict);
		return;
	}
	/* On the boot thread's stack, or another that lies in RAM. */
	if (task_any(see_stack, &address)) {
		judge_elsewhere(address, verdict);
		return;
	}
	if (verdict->has_object)
		judge_object(event, verdict);
	if (!verdict->what)
		judge_reach(event, verdict);
}

static void describe(struct km_finding *finding, const struct object *object)
{
	finding->object = (const void *)object->start;
	finding->object_bytes = object->bytes;
	stack_read(object->alloc_stack, &finding->alloc_stack);
	stack_read(object->free_stack, &finding->free_stack);
	finding->alloc_comm = object->alloc_comm;
	finding->free_comm = object->free_comm;
}

bool dma_memory_is_wrong(const struct km_event *event)
{
	struct verdict verdict = { .rule = "dma-unreachable", .must_fail = true };
	const struct km_dma_call *call = event->dma;
	struct km_finding finding;
	char text[RULES_TEXT];

	judge(event, &verdict);
	if (!verdict.what)
		return false;
	record_start(&finding, verdict.rule);
	stack_take(event->frame, event->caller, &finding.stack);
	if (verdict.what[0])
		scnprintf(text, sizeof(text), "DMA-API: %s %s: device driver %s [addr=%px] "
			  "[len=%zu]", call->driver_name, call->device_name, verdict.what,
			  event->object, event->bytes);
	else
		scnprintf(text, sizeof(text), "DMA-API: %s %s: DMA addr 0x%016llx+%zu overflow "
			  "(mask %llx): the memory %s%s%slies above what the device reaches",
			  call->driver_name, call->device_name,
			  (unsigned long long)virt_to_phys(event->object), event->bytes,
			  (unsigned long long)call->limit, verdict.has_object ? "of " : "",
			  verdict.has_object ? verdict.object.what : "",
			  verdict.has_object ? "() " : "");
	finding.message = text;
	finding.help = verdict.help;
	if (verdict.has_object)
		describe(&finding, &verdict.object);
	record_finding(&finding);
	return verdict.must_fail;
}
