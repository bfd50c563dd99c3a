// SPDX-License-Identifier: MIT
/* goto_chain.c - a probe with seven resources and a way out for each, and a remove in reverse */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/interrupt.h>
#include <linux/mempool.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#define LINE 11

struct card {
	void *ring, *shadow, *first;
	dma_addr_t ring_dma, first_dma;
	struct dma_pool *pool;
	mempool_t *requests;
	struct workqueue_struct *queue;
	struct page *page;
	struct work_struct work;
	unsigned int seen;
};

static void card_work(struct work_struct *work)
{
	struct card *card = container_of(work, struct card, work);

	card->seen++;
}

static irqreturn_t card_irq(int irq, void *data)
{
	struct card *card = data;

	queue_work(card->queue, &card->work);
	return IRQ_HANDLED;
}

static int card_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	int error = dma_set_mask_and_coherent(dev, DMA_BIT_MASK(32));
	struct card *card;

	if (error)
		return error;
	card = kzalloc(sizeof(*card), GFP_KERNEL);
	if (!card)
		return -ENOMEM;
	INIT_WORK(&card->work, card_work);
	error = -ENOMEM;
	card->ring = dma_alloc_coherent(dev, 2048, &card->ring_dma, GFP_KERNEL);
	if (!card->ring)
		goto out_card;
	card->shadow = vzalloc(3 * PAGE_SIZE);
	if (!card->shadow)
		goto out_ring;
	card->pool = dma_pool_create("card", dev, 64, 16, 0);
	if (!card->pool)
		goto out_shadow;
	card->first = dma_pool_zalloc(card->pool, GFP_KERNEL, &card->first_dma);
	if (!card->first)
		goto out_pool;
	card->requests = mempool_create_kmalloc_pool(2, 96);
	if (!card->requests)
		goto out_first;
	card->page = alloc_pages(GFP_KERNEL | __GFP_ZERO, 1);
	if (!card->page)
		goto out_requests;
	card->queue = alloc_ordered_workqueue("card", WQ_MEM_RECLAIM);
	if (!card->queue)
		goto out_page;
	error = request_irq(LINE, card_irq, IRQF_SHARED, "card", card);
	if (error)
		goto out_queue;
	platform_set_drvdata(pdev, card);
	return 0;
out_queue:
	destroy_workqueue(card->queue);
out_page:
	__free_pages(card->page, 1);
out_requests:
	mempool_destroy(card->requests);
out_first:
	dma_pool_free(card->pool, card->first, card->first_dma);
out_pool:
	dma_pool_destroy(card->pool);
out_shadow:
	vfree(card->shadow);
out_ring:
	dma_free_coherent(dev, 2048, card->ring, card->ring_dma);
out_card:
	kfree(card);
	return error;
}

static void card_remove(struct platform_device *pdev)
{
	struct card *card = platform_get_drvdata(pdev);

	free_irq(LINE, card);
	destroy_workqueue(card->queue);
	__free_pages(card->page, 1);
	mempool_destroy(card->requests);
	dma_pool_free(card->pool, card->first, card->first_dma);
	dma_pool_destroy(card->pool);
	vfree(card->shadow);
	dma_free_coherent(&pdev->dev, 2048, card->ring, card->ring_dma);
	kfree(card);
}

static struct platform_driver card_driver = {
	.probe = card_probe,
	.remove_new = card_remove,
	.driver = { .name = "card" },
};
static struct platform_device *device;

static int __init card_init(void)
{
	int error = platform_driver_register(&card_driver);

	if (error)
		return error;
	device = platform_device_register_simple("card", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(device))
		platform_driver_unregister(&card_driver);
	return PTR_ERR_OR_ZERO(device);
}

static void __exit card_exit(void)
{
	platform_device_unregister(device);
	platform_driver_unregister(&card_driver);
}

module_init(card_init);
module_exit(card_exit);
MODULE_LICENSE("GPL");
