/* SPDX-License-Identifier: MIT */
/* devres.h - a managed resource, as devm.c and managed.c make them */
#ifndef KAPI_DEVRES_H
#define KAPI_DEVRES_H

#include <linux/device.h>
#include "slab/slab.h"

struct devres {
	struct list_head entry;		/* of dev->devres_head, oldest first */
	dr_release_t release;
	const char *name;
	size_t bytes;			/* asked for */
	bool is_told;			/* rules know the user's part as an object */
	/* The user's part, aligned for DMA. */
	u8 data[] __aligned(ARCH_KMALLOC_MINALIGN);
};

#define DEVRES_CALL(name)	SLAB_CALL(name, KM_FAMILY_DEVRES)

static inline struct devres *devres_of(const void *data)
{
	return container_of((const u8 (*)[])data, struct devres, data);
}

/*
 * One allocation in the name of @call.  bytes 0 is an object too.  Not on a device.  NULL: no
 * memory, or too large.
 */
struct devres *devres_make(dr_release_t release, size_t bytes, gfp_t gfp, const char *name,
			   const struct slab_call *call);
/* The same of a record that is not the user's: no event, here nor when it goes. */
struct devres *devres_make_silent(dr_release_t release, size_t bytes, const char *name);
/* bytes the user's part has room for */
size_t devres_room(const struct devres *res);
/* Told as a free of the user's part, if its making was; a rule may refuse, then it stays. */
void devres_unmake(struct devres *res, const struct slab_call *call);
void devres_link(struct device *dev, struct devres *res);
struct devres *devres_unlink(struct device *dev, dr_release_t release, dr_match_t match,
			     void *match_data);
/* @fresh takes the place of what holds @old_data; NULL: it is not there. */
struct devres *devres_swap(struct device *dev, const void *old_data, dr_release_t release,
			   struct devres *fresh);
/* a match function: is it the record whose user's part is @match_data? */
int devres_is(struct device *dev, void *res, void *match_data);

#endif
