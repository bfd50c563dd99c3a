/* SPDX-License-Identifier: MIT */
/* kvmalloc.h - kvmalloc and kvfree in another function's name, for the other files of kapi */
#ifndef KAPI_KVMALLOC_H
#define KAPI_KVMALLOC_H

#include "slab/slab.h"

void *kvmalloc_call(size_t size, gfp_t gfp, const struct slab_call *call);
void kvfree_call(const void *object, const struct slab_call *call);

#define KVMALLOC_CALL(name)	SLAB_CALL(name, KM_FAMILY_KVMALLOC)
#define KVMALLOC_NODE_CALL(name, node)	SLAB_NODE_CALL(name, KM_FAMILY_KVMALLOC, node)

#endif
