/* SPDX-License-Identifier: MIT */
static int tx_start(struct nic *nic, struct sk_buff *skb)
{
	struct tx_slot *slot = &nic->slots[nic->head];

	/* expect next: null-unchecked.dma-map */
	slot->dma = dma_map_single(nic->dev, skb->data, skb->len, DMA_TO_DEVICE);
	writel(slot->dma, nic->base + TX_ADDR);
	return 0;
}

static void rx_fill(struct nic *nic)
{
	dma_addr_t addr;

	/* expect next: null-unchecked.dma-map */
	addr = dma_map_page(nic->dev, nic->page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	nic->ring[0].addr = cpu_to_le64(addr);
}
