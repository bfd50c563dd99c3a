/* SPDX-License-Identifier: MIT */
/* A work item sends frames and never asks whether the mapping is there. */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#define FRAMES		3
#define FRAME_BYTES	256

struct eth {
	struct device *dev;
	struct work_struct send;
	void *frame[FRAMES];
	dma_addr_t addr[FRAMES];
	unsigned int sent;
};

static void eth_send(struct work_struct *work)
{
	struct eth *eth = container_of(work, struct eth, send);
	dma_addr_t addr;

	while (eth->sent < FRAMES && eth->frame[eth->sent]) {
		addr = dma_map_single(eth->dev,	/* finding: dma-unreachable */
				      eth->frame[eth->sent], FRAME_BYTES, DMA_TO_DEVICE);
		eth->addr[eth->sent++] = addr;
	}
}

static int eth_probe(struct platform_device *pdev)
{
	struct eth *eth = devm_kzalloc(&pdev->dev, sizeof(*eth), GFP_KERNEL);

	if (!eth)
		return -ENOMEM;
	eth->dev = &pdev->dev;
	INIT_WORK(&eth->send, eth_send);
	for (unsigned int i = 0; i < FRAMES; i++)
		eth->frame[i] = kzalloc(FRAME_BYTES, GFP_KERNEL);
	platform_set_drvdata(pdev, eth);
	schedule_work(&eth->send);
	return 0;
}

static void eth_remove(struct platform_device *pdev)
{
	struct eth *eth = platform_get_drvdata(pdev);

	cancel_work_sync(&eth->send);
	while (eth->sent--)
		dma_unmap_single(eth->dev, eth->addr[eth->sent], FRAME_BYTES, DMA_TO_DEVICE);
	for (unsigned int i = 0; i < FRAMES; i++)
		kfree(eth->frame[i]);
}

static struct platform_driver eth_driver = {
	.probe = eth_probe,
	.remove = eth_remove,
	.driver = { .name = "eth" },
};
static struct platform_device *eth_device;

static int __init eth_init(void)
{
	int error = platform_driver_register(&eth_driver);

	if (error)
		return error;
	eth_device = platform_device_register_simple("eth", PLATFORM_DEVID_NONE, NULL, 0);
	if (!IS_ERR(eth_device))
		return 0;
	platform_driver_unregister(&eth_driver);
	return PTR_ERR(eth_device);
}

static void __exit eth_exit(void)
{
	platform_device_unregister(eth_device);
	platform_driver_unregister(&eth_driver);
}

module_init(eth_init);
module_exit(eth_exit);
MODULE_LICENSE("GPL");
