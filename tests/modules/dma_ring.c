/* SPDX-License-Identifier: MIT */
/*
 * A platform driver as they are: managed memory, a DMA pool of descriptors, coherent memory for
 * the ring, a mempool of requests, a streaming mapping for each, a general pool for its SRAM.
 */
#include <linux/module.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/genalloc.h>
#include <linux/interrupt.h>
#include <linux/mempool.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#define SLOTS	8
#define SRAM	0x80000000UL

struct descriptor {
	__le64 address;
	__le32 length, flags;
};

struct request {
	struct descriptor *descriptor;
	dma_addr_t descriptor_dma, data_dma;
	void *data;
	unsigned long sram;
};

struct ring {
	struct device *dev;
	struct dma_pool *descriptors;
	struct gen_pool *sram;
	mempool_t *requests;
	struct kmem_cache *cache;
	u64 *slots;
	dma_addr_t slots_dma;
	char *label;
	unsigned int irqs;
};

static struct platform_device *pdev;

static irqreturn_t ring_irq(int irq, void *data)
{
	struct ring *ring = data;

	ring->irqs++;
	return IRQ_HANDLED;
}

static void ring_release_requests(void *data)
{
	struct ring *ring = data;

	mempool_destroy(ring->requests);
	kmem_cache_destroy(ring->cache);
}

static int ring_make_requests(struct ring *ring)
{
	ring->cache = kmem_cache_create("ring_request", sizeof(struct request), NULL, 0);
	if (!ring->cache)
		return -ENOMEM;
	ring->requests = mempool_create_slab_pool(2, ring->cache);
	if (!ring->requests) {
		kmem_cache_destroy(ring->cache);
		return -ENOMEM;
	}
	return devm_add_action_or_reset(ring->dev, ring_release_requests, ring);
}

static void ring_put(struct ring *ring, struct request *request)
{
	if (request->sram)
		gen_pool_free(ring->sram, request->sram, 64);
	if (request->descriptor)
		dma_pool_free(ring->descriptors, request->descriptor, request->descriptor_dma);
	kfree(request->data);
	mempool_free(request, ring->requests);
}

static int ring_send(struct ring *ring, size_t bytes)
{
	struct request *request = mempool_alloc(ring->requests, GFP_KERNEL);

	memset(request, 0, sizeof(*request));
	request->data = kmalloc(bytes, GFP_KERNEL);
	request->descriptor = dma_pool_zalloc(ring->descriptors, GFP_KERNEL,
					      &request->descriptor_dma);
	request->sram = gen_pool_alloc(ring->sram, 64);
	if (!request->data || !request->descriptor || !request->sram)
		goto fail;
	memset(request->data, 0x55, bytes);
	request->data_dma = dma_map_single(ring->dev, request->data, bytes, DMA_TO_DEVICE);
	if (dma_mapping_error(ring->dev, request->data_dma))
		goto fail;
	request->descriptor->address = cpu_to_le64(request->data_dma);
	request->descriptor->length = cpu_to_le32(bytes);
	ring->slots[bytes % SLOTS] = request->descriptor_dma;
	dma_unmap_single(ring->dev, request->data_dma, bytes, DMA_TO_DEVICE);
	ring_put(ring, request);
	return 0;
fail:
	ring_put(ring, request);
	return -ENOMEM;
}

static int ring_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct ring *ring = devm_kzalloc(dev, sizeof(*ring), GFP_KERNEL);
	int irq, error;

	if (!ring)
		return -ENOMEM;
	ring->dev = dev;
	platform_set_drvdata(pdev, ring);
	error = dma_set_mask_and_coherent(dev, DMA_BIT_MASK(64));
	if (error)
		return error;
	ring->label = devm_kasprintf(dev, GFP_KERNEL, "%s-ring", dev_name(dev));
	if (!ring->label)
		return -ENOMEM;
	ring->slots = dmam_alloc_coherent(dev, SLOTS * sizeof(u64), &ring->slots_dma, GFP_KERNEL);
	ring->descriptors = dmam_pool_create("descriptors", dev, sizeof(struct descriptor), 16, 0);
	if (!ring->slots || !ring->descriptors)
		return -ENOMEM;
	ring->sram = devm_gen_pool_create(dev, 6, -1, "sram");
	if (IS_ERR(ring->sram))
		return PTR_ERR(ring->sram);
	error = gen_pool_add(ring->sram, SRAM, 4096, -1);
	if (!error)
		error = ring_make_requests(ring);
	if (error)
		return error;
	irq = platform_get_irq(pdev, 0);
	if (irq < 0)
		return irq;
	error = devm_request_irq(dev, irq, ring_irq, 0, ring->label, ring);
	if (error)
		return error;
	for (size_t bytes = 10; bytes < 15 && !error; bytes++)
		error = ring_send(ring, bytes);
	return error;
}

static void ring_remove(struct platform_device *pdev)
{
	struct ring *ring = platform_get_drvdata(pdev);

	dev_dbg(&pdev->dev, "%s: %u interrupts\n", ring->label, ring->irqs);
}

static struct platform_driver ring_driver = {
	.probe = ring_probe,
	.remove = ring_remove,
	.driver = { .name = "ring" },
};

static int __init ring_init(void)
{
	const struct resource irq = DEFINE_RES_IRQ(5);
	int error = platform_driver_register(&ring_driver);

	if (error)
		return error;
	pdev = platform_device_register_simple("ring", 0, &irq, 1);
	if (IS_ERR(pdev)) {
		platform_driver_unregister(&ring_driver);
		return PTR_ERR(pdev);
	}
	return 0;
}

static void __exit ring_exit(void)
{
	platform_device_unregister(pdev);
	platform_driver_unregister(&ring_driver);
}

module_init(ring_init);
module_exit(ring_exit);
MODULE_LICENSE("GPL");
