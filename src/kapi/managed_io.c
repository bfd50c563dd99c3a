/* SPDX-License-Identifier: MIT */
/*
 * managed_io.c - addresses of devices: who has claimed which, and maps of them with a device that
 *                undoes them
 *
 * Owns: the claims, a list in no order.  N1 and N2 of managed.c hold here too.
 * G1  No two claims overlap.
 * Lock: claims_lock.  Sleeps, but for a release.
 */
#include <linux/err.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/spinlock.h>
#include "kapi/devres.h"

static struct resource *claims;
static DEFINE_SPINLOCK(claims_lock);

/* -- claims ----------------------------------------------------------------------------------- */

/* G1.  False: some of it is taken. */
static bool claim_link(struct resource *claim)
{
	struct resource *other;

	spin_lock(&claims_lock);
	for (other = claims; other; other = other->sibling)
		if (other->start <= claim->end && claim->start <= other->end)
			break;
	if (!other) {
		claim->sibling = claims;
		claims = claim;
	}
	spin_unlock(&claims_lock);
	return !other;
}

static struct resource *claim_unlink(resource_size_t start, resource_size_t n)
{
	struct resource **link, *claim;

	spin_lock(&claims_lock);
	for (link = &claims; *link; link = &(*link)->sibling)
		if ((*link)->start == start && (*link)->end == start + n - 1)
			break;
	claim = *link;
	if (claim)
		*link = claim->sibling;
	spin_unlock(&claims_lock);
	return claim;
}

static void claim_fill(struct resource *claim, resource_size_t start, resource_size_t n,
		       const char *name)
{
	*claim = (struct resource){
		.start = start, .end = start + n - 1, .name = name,
		.flags = IORESOURCE_MEM | IORESOURCE_BUSY,
	};
}

struct resource *request_mem_region(resource_size_t start, resource_size_t n, const char *name)
{
	const struct slab_call *call = KMALLOC_CALL("request_mem_region");
	struct resource *claim = kmalloc_call(sizeof(*claim), GFP_KERNEL, call);

	if (!claim)
		return NULL;
	claim_fill(claim, start, n, name);
	if (claim_link(claim))
		return claim;
	kfree_call(claim, call);
	return NULL;
}

void release_mem_region(resource_size_t start, resource_size_t n)
{
	struct resource *claim = claim_unlink(start, n);

	if (claim)
		kfree_call(claim, KMALLOC_CALL("release_mem_region"));
	else
		pr_warn("Trying to free nonexistent resource <%pa, %zu bytes>\n", &start,
			(size_t)n);
}

static void claim_release(struct device *dev, void *res)
{
	struct resource *claim = res;

	claim_unlink(claim->start, claim->end - claim->start + 1);
}

static struct resource *claim_add(struct device *dev, resource_size_t start, resource_size_t n,
				  const char *name, const struct slab_call *call, int *ret_error)
{
	struct devres *res = devres_make(claim_release, sizeof(struct resource), GFP_KERNEL,
					 call->what, call);

	*ret_error = res ? -EBUSY : -ENOMEM;
	if (!res)
		return NULL;
	claim_fill((struct resource *)res->data, start, n, name);
	if (claim_link((struct resource *)res->data)) {
		devres_link(dev, res);
		return (struct resource *)res->data;
	}
	devres_unmake(res, call);
	return NULL;
}

struct resource *devm_request_mem_region(struct device *dev, resource_size_t start,
					 resource_size_t n, const char *name)
{
	int error;

	return claim_add(dev, start, n, name, DEVRES_CALL("devm_request_mem_region"), &error);
}

static int claim_is(struct device *dev, void *res, void *match_data)
{
	const struct resource *claim = res, *wanted = match_data;

	return claim->start == wanted->start && claim->end == wanted->end;
}

static void claim_drop(struct device *dev, resource_size_t start, resource_size_t n,
		       const struct slab_call *call)
{
	struct resource wanted = { .start = start, .end = start + n - 1 };
	struct devres *res = devres_unlink(dev, claim_release, claim_is, &wanted);

	if (WARN_ON(!res))
		return;
	claim_release(dev, res->data);
	devres_unmake(res, call);
}

void devm_release_mem_region(struct device *dev, resource_size_t start, resource_size_t n)
{
	claim_drop(dev, start, n, DEVRES_CALL("devm_release_mem_region"));
}

/* -- maps ------------------------------------------------------------------------------------- */

static void map_release(struct device *dev, void *res)
{
	watch_enter();
	iounmap(*(void __iomem **)res);
	watch_leave();
}

static int map_is(struct device *dev, void *res, void *match_data)
{
	return *(void __iomem **)res == match_data;
}

static void __iomem *map_add(struct device *dev, resource_size_t offset, resource_size_t size,
			     const struct slab_call *call)
{
	struct devres *res = devres_make(map_release, sizeof(void *), GFP_KERNEL, call->what, call);
	void __iomem *map;

	if (!res)
		return NULL;
	watch_enter();
	map = ioremap(offset, size);
	watch_leave();
	if (!map) {
		devres_unmake(res, call);
		return NULL;
	}
	*(void __iomem **)res->data = map;
	devres_link(dev, res);
	return map;
}

/**
 * devm_ioremap() - ioremap() for as long as the device is bound
 * Context: task that may sleep.   Return: NULL without memory, or for RAM.
 */
void __iomem *devm_ioremap(struct device *dev, resource_size_t offset, resource_size_t size)
{
	return map_add(dev, offset, size, DEVRES_CALL("devm_ioremap"));
}

void devm_iounmap(struct device *dev, void __iomem *addr)
{
	struct devres *res = devres_unlink(dev, map_release, map_is, (void *)addr);

	if (WARN_ON(!res))
		return;
	map_release(dev, res->data);
	devres_unmake(res, DEVRES_CALL("devm_iounmap"));
}

/**
 * devm_ioremap_resource() - claim and map the memory of a device
 * Context: task that may sleep.
 * Return:  ERR_PTR: -EINVAL for what is no memory, -EBUSY where it is claimed, -ENOMEM.
 */
void __iomem *devm_ioremap_resource(struct device *dev, const struct resource *res)
{
	const struct slab_call *call = DEVRES_CALL("devm_ioremap_resource");
	void __iomem *map;
	int error;

	if (!res || resource_type(res) != IORESOURCE_MEM) {
		dev_err(dev, "invalid resource\n");
		return (void __iomem *)ERR_PTR(-EINVAL);
	}
	if (!claim_add(dev, res->start, resource_size(res), dev_name(dev), call, &error))
		return (void __iomem *)ERR_PTR(error);
	map = map_add(dev, res->start, resource_size(res), call);
	if (map)
		return map;
	claim_drop(dev, res->start, resource_size(res), call);
	return (void __iomem *)ERR_PTR(-ENOMEM);
}
