/* SPDX-License-Identifier: MIT */
static int buffer_make(struct card *card)
{
	card->buffer = kmalloc(4096, GFP_KERNEL | GFP_DMA); /* expect: dma-unreachable.gfp-dma */
	if (!card->buffer)
		return -ENOMEM;
	/* expect next: dma-unreachable.gfp-dma */
	card->page = __get_free_pages(GFP_ATOMIC | __GFP_DMA, 2);
	return card->page ? 0 : -ENOMEM;
}
