/* SPDX-License-Identifier: MIT */
/* Remove and the work: one of them finds the buffer mapped, and unmaps it. */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#define RX_BYTES	256

struct receiver {
	struct device *dev;
	struct work_struct stop;
	spinlock_t lock;
	bool is_mapped;
	dma_addr_t at;
	u8 *buffer;
};

static void receiver_stop(struct receiver *rx)
{
	bool was_mapped;

	spin_lock(&rx->lock);
	was_mapped = rx->is_mapped;
	rx->is_mapped = false;
	spin_unlock(&rx->lock);
	if (was_mapped)
		dma_unmap_single(rx->dev, rx->at, RX_BYTES, DMA_FROM_DEVICE);
}

static void receiver_work(struct work_struct *work)
{
	receiver_stop(container_of(work, struct receiver, stop));
}

static int receiver_probe(struct platform_device *pdev)
{
	struct receiver *rx = devm_kzalloc(&pdev->dev, sizeof(*rx), GFP_KERNEL);

	if (!rx)
		return -ENOMEM;
	rx->buffer = devm_kmalloc(&pdev->dev, RX_BYTES, GFP_KERNEL);
	if (!rx->buffer)
		return -ENOMEM;
	rx->dev = &pdev->dev;
	spin_lock_init(&rx->lock);
	INIT_WORK(&rx->stop, receiver_work);
	rx->at = dma_map_single(rx->dev, rx->buffer, RX_BYTES, DMA_FROM_DEVICE);
	if (dma_mapping_error(rx->dev, rx->at))
		return -EIO;
	rx->is_mapped = true;
	platform_set_drvdata(pdev, rx);
	return 0;
}

static void receiver_remove(struct platform_device *pdev)
{
	struct receiver *rx = platform_get_drvdata(pdev);

	schedule_work(&rx->stop);
	receiver_stop(rx);
	cancel_work_sync(&rx->stop);
}

static struct platform_driver receiver_driver = {
	.probe = receiver_probe,
	.remove = receiver_remove,
	.driver = { .name = "receiver" },
};
static struct platform_device *device;

static int __init receiver_init(void)
{
	int error = platform_driver_register(&receiver_driver);

	if (error)
		return error;
	device = platform_device_register_simple("receiver", PLATFORM_DEVID_NONE, NULL, 0);
	if (!IS_ERR(device))
		return 0;
	platform_driver_unregister(&receiver_driver);
	return PTR_ERR(device);
}

static void __exit receiver_exit(void)
{
	platform_device_unregister(device);
	platform_driver_unregister(&receiver_driver);
}

module_init(receiver_init);
module_exit(receiver_exit);
MODULE_LICENSE("GPL");
