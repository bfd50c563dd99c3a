/* SPDX-License-Identifier: MIT */
/*
 * vmallocinfo.c - /proc/vmallocinfo: one line an area, by address
 *
 * Owns nothing.  Lock: the vmap room's, while its areas are walked.
 */
#include <linux/mm.h>
#include <linux/vmalloc.h>
#include "machine/view.h"
#include "vmap/vmap_room.h"

static void put_nodes(struct view_text *text, const struct vm_struct *vm)
{
	unsigned int pages[MAX_NUMNODES] = {};

	for (unsigned int i = 0; vm->pages && i < vm->nr_pages; i++)
		pages[page_to_nid(vm->pages[i])]++;
	for (unsigned int node = 0; node < MAX_NUMNODES; node++) {
		if (pages[node])
			view_put(text, " N%u=%u", node, pages[node]);
	}
}

static void show_area(const struct vmap_seen *seen, void *arg)
{
	const struct vm_struct *vm = seen->vm;
	struct view_text *text = arg;

	view_put(text, "0x%016lx-0x%016lx %7lu", seen->start, seen->start + seen->bytes,
		 seen->bytes);
	if (!vm) {
		view_put(text, " %s\n", seen->what);
		return;
	}
	if (vm->caller)
		view_put(text, " %pS", vm->caller);
	if (vm->nr_pages)
		view_put(text, " pages=%u", vm->nr_pages);
	if (vm->phys_addr)
		view_put(text, " phys=0x%016llx", (unsigned long long)vm->phys_addr);
	if (vm->flags & VM_IOREMAP)
		view_put(text, " ioremap");
	if (vm->flags & VM_ALLOC)
		view_put(text, " vmalloc");
	if (vm->flags & VM_MAP)
		view_put(text, " vmap");
	if (vm->flags & VM_USERMAP)
		view_put(text, " user");
	if (vm->flags & VM_DMA_COHERENT)
		view_put(text, " dma-coherent");
	if (is_vmalloc_addr(vm->pages))
		view_put(text, " vpages");
	put_nodes(text, vm);
	view_put(text, "\n");
}

int vmallocinfo_show(struct view_text *text, const char *rest)
{
	vmap_each(show_area, text);
	return 0;
}
