/* SPDX-License-Identifier: MIT */
/* It is freed as it was allocated. */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#define RINGS	3

struct rings {
	spinlock_t lock;
	void *ring[RINGS];
	dma_addr_t handle[RINGS];
	size_t bytes;
};

static void rings_free(struct device *dev, struct rings *rings)
{
	unsigned long flags;
	void *last;

	spin_lock_irqsave(&rings->lock, flags);
	last = rings->ring[2];
	rings->ring[2] = NULL;
	spin_unlock_irqrestore(&rings->lock, flags);
	if (last)
		dma_free_coherent(dev, rings->bytes, last, rings->handle[2]);
	if (rings->ring[0])
		dma_free_coherent(dev, rings->bytes, rings->ring[0], rings->handle[0]);
	if (rings->ring[1])
		dma_free_coherent(dev, rings->bytes, rings->ring[1], rings->handle[1]);
}

static int nvme_probe(struct platform_device *pdev)
{
	struct rings *rings = devm_kzalloc(&pdev->dev, sizeof(*rings), GFP_KERNEL);

	if (!rings)
		return -ENOMEM;
	spin_lock_init(&rings->lock);
	rings->bytes = 2 * PAGE_SIZE;
	for (unsigned int i = 0; i < RINGS; i++)
		rings->ring[i] = dma_alloc_coherent(&pdev->dev, rings->bytes, &rings->handle[i],
						    GFP_KERNEL);
	platform_set_drvdata(pdev, rings);
	return 0;
}

static void nvme_remove(struct platform_device *pdev)
{
	rings_free(&pdev->dev, platform_get_drvdata(pdev));
}

static struct platform_driver nvme_driver = {
	.probe = nvme_probe,
	.remove = nvme_remove,
	.driver = { .name = "nvme" },
};
static struct platform_device *nvme_device;

static int __init nvme_init(void)
{
	int error = platform_driver_register(&nvme_driver);

	if (error)
		return error;
	nvme_device = platform_device_register_simple("nvme", PLATFORM_DEVID_NONE, NULL, 0);
	if (!IS_ERR(nvme_device))
		return 0;
	platform_driver_unregister(&nvme_driver);
	return PTR_ERR(nvme_device);
}

static void __exit nvme_exit(void)
{
	platform_device_unregister(nvme_device);
	platform_driver_unregister(&nvme_driver);
}

module_init(nvme_init);
module_exit(nvme_exit);
MODULE_LICENSE("GPL");
