/* SPDX-License-Identifier: MIT */
/*
 * managed_dma.c - DMA memory, DMA pools and general pools with a device that undoes them
 *
 * N1 and N2 of managed.c hold here too.
 * Lock: none of its own.  Task, may sleep; DMA memory as its gfp says.
 */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/errno.h>
#include <linux/genalloc.h>
#include <linux/string.h>
#include "kapi/devres.h"
#include "pool/dma.h"

/* -- coherent memory -------------------------------------------------------------------------- */

struct coherent {
	size_t bytes;
	void *address;
	dma_addr_t handle;
};

static void coherent_release(struct device *dev, void *res)
{
	const struct coherent *memory = res;

	coherent_free(dev, memory->bytes, memory->address, memory->handle,
		      DEVRES_CALL("devres_release_all"));
}

static int coherent_is(struct device *dev, void *res, void *match_data)
{
	return ((const struct coherent *)res)->address == match_data;
}

static void *coherent_add(struct device *dev, size_t bytes, dma_addr_t *ret_handle, gfp_t gfp,
			  unsigned long attrs, const struct slab_call *call)
{
	struct devres *res = devres_make_silent(coherent_release, sizeof(struct coherent),
						call->what);
	struct coherent *memory;

	if (!res)
		return NULL;
	memory = (struct coherent *)res->data;
	memory->bytes = bytes;
	memory->address = coherent_alloc(dev, bytes, &memory->handle, gfp, attrs, call);
	if (!memory->address) {
		devres_unmake(res, call);
		return NULL;
	}
	*ret_handle = memory->handle;
	devres_link(dev, res);
	return memory->address;
}

void *dmam_alloc_attrs(struct device *dev, size_t size, dma_addr_t *ret_handle, gfp_t gfp,
		       unsigned long attrs)
{
	return coherent_add(dev, size, ret_handle, gfp, attrs, DEVRES_CALL("dmam_alloc_attrs"));
}

void *dmam_alloc_coherent(struct device *dev, size_t size, dma_addr_t *ret_handle, gfp_t gfp)
{
	return coherent_add(dev, size, ret_handle, gfp, 0, DEVRES_CALL("dmam_alloc_coherent"));
}

/**
 * dmam_free_coherent() - give managed DMA memory back early
 * @size, @vaddr, @handle: as they were; memory that is not the device's: WARN
 * Context: task, interrupts on.
 */
void dmam_free_coherent(struct device *dev, size_t size, void *vaddr, dma_addr_t handle)
{
	const struct slab_call *call = DEVRES_CALL("dmam_free_coherent");
	struct devres *res = devres_unlink(dev, coherent_release, coherent_is, vaddr);

	if (WARN(!res, "dmam_free_coherent: 0x%px is no DMA memory of device '%s'\n", vaddr,
		 dev_name(dev)))
		return;
	coherent_free(dev, size, vaddr, handle, call);
	devres_unmake(res, call);
}

/* -- pools ------------------------------------------------------------------------------------ */

static int pointer_is(struct device *dev, void *res, void *match_data)
{
	return *(void **)res == match_data;
}

static void dma_pool_release(struct device *dev, void *res)
{
	dma_pool_destroy(*(struct dma_pool **)res);
}

/* As dma_pool_create(), destroyed when the device lets go of it. */
struct dma_pool *dmam_pool_create(const char *name, struct device *dev, size_t size, size_t align,
				  size_t boundary)
{
	struct devres *res = devres_make_silent(dma_pool_release, sizeof(struct dma_pool *),
						"dmam_pool_create");
	struct dma_pool *pool;

	if (!res)
		return NULL;
	pool = dma_pool_create(name, dev, size, align, boundary);
	if (!pool) {
		devres_unmake(res, DEVRES_CALL("dmam_pool_create"));
		return NULL;
	}
	*(struct dma_pool **)res->data = pool;
	devres_link(dev, res);
	return pool;
}

void dmam_pool_destroy(struct dma_pool *pool)
{
	struct device *dev = dma_pool_device(pool);
	struct devres *res = devres_unlink(dev, dma_pool_release, pointer_is, pool);

	if (WARN(!res, "dmam_pool_destroy: the pool is none of device '%s'\n", dev_name(dev)))
		return;
	dma_pool_destroy(pool);
	devres_unmake(res, DEVRES_CALL("dmam_pool_destroy"));
}

static void gen_pool_release(struct device *dev, void *res)
{
	gen_pool_destroy(*(struct gen_pool **)res);
}

static int gen_pool_is(struct device *dev, void *res, void *match_data)
{
	const struct gen_pool *pool = *(struct gen_pool **)res;
	const char *name = match_data;

	if (!name || !pool->name)
		return name == pool->name;
	return !strcmp(pool->name, name);
}

struct gen_pool *gen_pool_get(struct device *dev, const char *name)
{
	struct gen_pool **found = devres_find(dev, gen_pool_release, gen_pool_is, (void *)name);

	return found ? *found : NULL;
}

/**
 * devm_gen_pool_create() - a general pool that goes with its device
 * @name: by which gen_pool_get() finds it; NULL: without
 * Context: task, may sleep.
 * Return:  the pool; ERR_PTR(-EINVAL) when the device has one of that name; ERR_PTR(-ENOMEM).
 */
struct gen_pool *devm_gen_pool_create(struct device *dev, int min_alloc_order, int nid,
				      const char *name)
{
	const struct slab_call *call = DEVRES_CALL("devm_gen_pool_create");
	struct devres *res;
	struct gen_pool *pool;
	char *copy = NULL;

	if (gen_pool_get(dev, name))
		return ERR_PTR(-EINVAL);
	res = devres_make_silent(gen_pool_release, sizeof(pool), call->what);
	if (!res)
		return ERR_PTR(-ENOMEM);
	if (name) {
		watch_enter();
		copy = kstrdup(name, GFP_KERNEL);
		watch_leave();
		if (!copy)
			goto out_res;
	}
	pool = gen_pool_create(min_alloc_order, nid);
	if (!pool)
		goto out_copy;
	pool->name = copy;
	*(struct gen_pool **)res->data = pool;
	devres_link(dev, res);
	return pool;
out_copy:
	pool_own_free(copy);
out_res:
	devres_unmake(res, call);
	return ERR_PTR(-ENOMEM);
}
