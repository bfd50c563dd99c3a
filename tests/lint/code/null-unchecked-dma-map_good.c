/* SPDX-License-Identifier: MIT */
static int tx_start(struct nic *nic, struct sk_buff *skb)
{
	struct tx_slot *slot = &nic->slots[nic->head];

	slot->dma = dma_map_single(nic->dev, skb->data, skb->len, DMA_TO_DEVICE);
	if (dma_mapping_error(nic->dev, slot->dma))
		return -ENOMEM;
	writel(slot->dma, nic->base + TX_ADDR);
	return 0;
}

static dma_addr_t map_for_caller(struct nic *nic, void *data)
{
	dma_addr_t addr;

	addr = dma_map_single(nic->dev, data, 64, DMA_TO_DEVICE);
	return addr;
}
