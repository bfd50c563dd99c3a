/* SPDX-License-Identifier: MIT */
static int buffer_make(struct card *card)
{
	card->buffer = dma_alloc_coherent(card->dev, 4096, &card->addr, GFP_KERNEL);
	if (!card->buffer)
		return -ENOMEM;
	card->low = kmalloc(4096, GFP_KERNEL | GFP_DMA32);
	return 0;
}
