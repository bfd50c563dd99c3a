/* SPDX-License-Identifier: MIT */
/*
 * managed.c - calls of other rooms with a device that undoes them: actions, pages, interrupts
 *
 * N1  The record is made first: once the thing itself is had, nothing can fail any more.
 * N2  A call is one event in the name the user called, with the user's line.
 * Lock: none of its own.  Sleeps as the calls it wraps.
 */
#include "kapi/devres.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/interrupt.h>
#include <linux/percpu.h>

/* -- actions ---------------------------------------------------------------------------------- */

struct action {
	void (*run)(void *data);
	void *data;
};

static void action_release(struct device *dev, void *res)
{
	const struct action *action = res;

	action->run(action->data);
}

static int action_is(struct device *dev, void *res, void *match_data)
{
	const struct action *action = res, *wanted = match_data;

	return action->run == wanted->run && action->data == wanted->data;
}

static int action_add(struct device *dev, void (*run)(void *), void *data, const char *name,
		      const struct slab_call *call)
{
	struct devres *res = devres_make(action_release, sizeof(struct action), GFP_KERNEL, name,
					 call);
	struct action *action;

	if (!res)
		return -ENOMEM;
	action = (struct action *)res->data;
	action->run = run;
	action->data = data;
	devres_link(dev, res);
	return 0;
}

int __devm_add_action(struct device *dev, void (*action)(void *), void *data, const char *name)
{
	return action_add(dev, action, data, name, DEVRES_CALL("devm_add_action"));
}

int __devm_add_action_or_reset(struct device *dev, void (*action)(void *), void *data,
			       const char *name)
{
	int error = action_add(dev, action, data, name, DEVRES_CALL("devm_add_action_or_reset"));

	if (error)
		action(data);
	return error;
}

void devm_remove_action(struct device *dev, void (*action)(void *), void *data)
{
	struct action wanted = { action, data };
	struct devres *res = devres_unlink(dev, action_release, action_is, &wanted);

	if (!WARN_ON(!res))
		devres_unmake(res, DEVRES_CALL("devm_remove_action"));
}

void devm_release_action(struct device *dev, void (*action)(void *), void *data)
{
	struct action wanted = { action, data };
	struct devres *res = devres_unlink(dev, action_release, action_is, &wanted);

	if (WARN_ON(!res))
		return;
	action_release(dev, res->data);
	devres_unmake(res, DEVRES_CALL("devm_release_action"));
}

/* -- pages ------------------------------------------------------------------------------------ */

struct pages {
	unsigned long address;
	unsigned int order;
};

static void pages_free(const struct pages *pages, const struct slab_call *call)
{
	if (slab_ask_free((void *)pages->address, NULL, call) != KM_GO)
		return;
	watch_enter();
	free_pages(pages->address, pages->order);
	watch_leave();
}

static void pages_release(struct device *dev, void *res)
{
	pages_free(res, DEVRES_CALL("devres_release_all"));
}

static int pages_are(struct device *dev, void *res, void *match_data)
{
	return ((const struct pages *)res)->address == *(unsigned long *)match_data;
}

/**
 * devm_get_free_pages() - __get_free_pages() for as long as the device is bound
 * @gfp_mask: as there; @order: of the block, 0 .. MAX_PAGE_ORDER
 * Also: devm_free_pages(), early; what is not the device's: WARN
 * Context: as @gfp_mask says.   Return: the address; 0 without memory.
 */
unsigned long devm_get_free_pages(struct device *dev, gfp_t gfp_mask, unsigned int order)
{
	struct km_event event = {
		.point = KM_POINT_ALLOC_ASK, .family = KM_FAMILY_DEVRES,
		.what = "devm_get_free_pages", .gfp = gfp_mask, .order = order,
		.bytes = order <= MAX_PAGE_ORDER ? PAGE_SIZE << order : 0,
		.caller = WATCH_CALLER(), .frame = WATCH_FRAME(),
	};
	struct pages *pages;
	struct devres *res;

	if (watch_tell(&event) != KM_GO)
		return 0;
	/* N1 */
	res = devres_make_silent(pages_release, sizeof(*pages), "devm_get_free_pages");
	if (!res)
		return 0;
	pages = (struct pages *)res->data;
	pages->order = order;
	watch_enter();
	pages->address = __get_free_pages(gfp_mask, order);
	watch_leave();
	event.point = pages->address ? KM_POINT_ALLOC_DONE : KM_POINT_ALLOC_FAIL;
	event.object = (void *)pages->address;
	event.usable = event.bytes;
	watch_tell(&event);
	if (!pages->address) {
		devres_unmake(res, DEVRES_CALL("devm_free_pages"));
		return 0;
	}
	devres_link(dev, res);
	return pages->address;
}

void devm_free_pages(struct device *dev, unsigned long addr)
{
	struct devres *res = devres_unlink(dev, pages_release, pages_are, &addr);

	if (WARN(!res, "devm_free_pages: %#lx is no page of device '%s'\n", addr, dev_name(dev)))
		return;
	pages_free((struct pages *)res->data, DEVRES_CALL("devm_free_pages"));
	devres_unmake(res, DEVRES_CALL("devm_free_pages"));
}

/* -- interrupts ------------------------------------------------------------------------------- */

struct interrupt {
	unsigned int irq;
	void *dev_id;
};

static void interrupt_release(struct device *dev, void *res)
{
	const struct interrupt *interrupt = res;

	free_irq(interrupt->irq, interrupt->dev_id);
}

static int interrupt_is(struct device *dev, void *res, void *match_data)
{
	const struct interrupt *interrupt = res, *wanted = match_data;

	return interrupt->irq == wanted->irq && interrupt->dev_id == wanted->dev_id;
}

static int interrupt_add(struct device *dev, const struct interrupt *wanted, irq_handler_t handler,
			 irq_handler_t thread_fn, unsigned long flags, const char *name)
{
	struct devres *res = devres_make_silent(interrupt_release, sizeof(*wanted),
						"devm_request_irq");
	int error;

	if (!res)
		return -ENOMEM;
	error = request_threaded_irq(wanted->irq, handler, thread_fn, flags,
				     name ? name : dev_name(dev), wanted->dev_id);
	if (error) {
		devres_unmake(res, DEVRES_CALL("devm_request_irq"));
		return error;
	}
	*(struct interrupt *)res->data = *wanted;
	devres_link(dev, res);
	return 0;
}

int devm_request_threaded_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
			      irq_handler_t thread_fn, unsigned long irqflags, const char *devname,
			      void *dev_id)
{
	return interrupt_add(dev, &(struct interrupt) { irq, dev_id }, handler, thread_fn,
			     irqflags, devname);
}

int devm_request_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
		     unsigned long irqflags, const char *devname, void *dev_id)
{
	return interrupt_add(dev, &(struct interrupt) { irq, dev_id }, handler, NULL, irqflags,
			     devname);
}

void devm_free_irq(struct device *dev, unsigned int irq, void *dev_id)
{
	struct interrupt wanted = { irq, dev_id };
	struct devres *res = devres_unlink(dev, interrupt_release, interrupt_is, &wanted);

	if (!WARN_ON(!res))
		devres_unmake(res, DEVRES_CALL("devm_free_irq"));
	free_irq(irq, dev_id);
}

/* -- per-CPU memory --------------------------------------------------------------------------- */

static void percpu_release(struct device *dev, void *res)
{
	free_percpu(*(void __percpu **)res);
}

static int percpu_is(struct device *dev, void *res, void *match_data)
{
	return *(void __percpu **)res == *(void __percpu **)match_data;
}

/**
 * __devm_alloc_percpu() - __alloc_percpu() for as long as the device is bound
 * @size, @align: bytes, as there
 * Also: devm_alloc_percpu(), devm_free_percpu()
 * Context: task, may sleep.   Return: the memory, zeroed; NULL without memory.
 */
void __percpu *__devm_alloc_percpu(struct device *dev, size_t size, size_t align)
{
	struct devres *res = devres_make_silent(percpu_release, sizeof(void *),
						"devm_alloc_percpu");
	void __percpu *area;

	if (!res)
		return NULL;
	area = __alloc_percpu(size, align);
	if (!area) {
		devres_unmake(res, DEVRES_CALL("devm_alloc_percpu"));
		return NULL;
	}
	*(void __percpu **)res->data = area;
	devres_link(dev, res);
	return area;
}

void devm_free_percpu(struct device *dev, void __percpu *pdata)
{
	struct devres *res = devres_unlink(dev, percpu_release, percpu_is, &pdata);

	if (WARN(!res, "devm_free_percpu: 0x%px is none of device '%s'\n", (void *)pdata,
		 dev_name(dev)))
		return;
	free_percpu(pdata);
	devres_unmake(res, DEVRES_CALL("devm_free_percpu"));
}
