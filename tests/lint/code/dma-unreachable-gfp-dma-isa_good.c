/* SPDX-License-Identifier: MIT */
static int card_probe(struct card *card)
{
	card->bounce = kmalloc_array(16, 1544, GFP_KERNEL | GFP_DMA);
	if (!card->bounce)
		return -ENOMEM;
	outl(isa_virt_to_bus(card->bounce), card->port);
	return 0;
}
