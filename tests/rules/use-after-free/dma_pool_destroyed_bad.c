/* SPDX-License-Identifier: MIT */
/* The ring's pool goes before the last descriptor is asked of it, in the work that ends it. */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/workqueue.h>

struct ring {
	struct platform_device *pdev;
	struct dma_pool *pool;
	struct work_struct refill;
	unsigned int filled;
};

static struct ring ring;

static void ring_refill(struct work_struct *work)
{
	struct ring *r = container_of(work, struct ring, refill);
	dma_addr_t handle;
	void *entry = dma_pool_zalloc(r->pool, GFP_KERNEL, &handle); /* finding: use-after-free */

	if (!entry)
		return;
	r->filled++;
	dma_pool_free(r->pool, entry, handle);
}

static int __init ring_init(void)
{
	int error;

	ring.pdev = platform_device_register_simple("ring", -1, NULL, 0);
	if (IS_ERR(ring.pdev))
		return PTR_ERR(ring.pdev);
	error = dma_coerce_mask_and_coherent(&ring.pdev->dev, DMA_BIT_MASK(32));
	if (error)
		goto out;
	INIT_WORK(&ring.refill, ring_refill);
	error = -ENOMEM;
	ring.pool = dma_pool_create("ring", &ring.pdev->dev, 64, 64, 0);
	if (!ring.pool)
		goto out;
	return 0;
out:
	platform_device_unregister(ring.pdev);
	return error;
}

static void __exit ring_exit(void)
{
	dma_pool_destroy(ring.pool);
	schedule_work(&ring.refill);
	flush_work(&ring.refill);
	platform_device_unregister(ring.pdev);
}

module_init(ring_init);
module_exit(ring_exit);
MODULE_LICENSE("GPL");
