/* SPDX-License-Identifier: MIT */
/* dma_tell.c - the event of a DMA call; see dma.h.  Any context but NMI. */
#include "pool/dma.h"

bool dma_tell(struct device *dev, const struct km_dma_call *dma, const void *object, size_t bytes,
	      const struct slab_call *call)
{
	struct km_dma_call said = *dma;
	struct km_event event = {
		.point = KM_POINT_DMA, .family = KM_FAMILY_DMA, .what = call->what,
		.object = object, .bytes = bytes, .caller = call->caller, .frame = call->frame,
		.dma = &said,
	};

	if (!watch_wants(KM_POINT_DMA))
		return false;
	if (!said.device)
		said.device = dev;
	said.driver_name = dev_driver_string(dev);
	said.device_name = dev_name(dev);
	return watch_tell(&event) == KM_REFUSE;
}
