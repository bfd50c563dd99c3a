/* SPDX-License-Identifier: MIT */
/* A timer gives up on a request and unmaps it; remove unmaps it again. */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct request {
	struct device *dev;
	struct timer_list timeout;
	void *data;
	dma_addr_t addr;
	bool is_mapped;
};

static void request_end(struct request *request)
{
	dma_unmap_single(request->dev, request->addr, 64,	/* finding: dma-unreachable */
			 DMA_BIDIRECTIONAL);
}

static void request_timeout(struct timer_list *timer)
{
	request_end(container_of(timer, struct request, timeout));
}

static int disk_probe(struct platform_device *pdev)
{
	struct request *request = kzalloc(sizeof(*request), GFP_KERNEL);

	if (!request)
		return -ENOMEM;
	request->dev = &pdev->dev;
	request->data = kzalloc(64, GFP_KERNEL);
	if (!request->data)
		goto out_request;
	request->addr = dma_map_single(&pdev->dev, request->data, 64, DMA_BIDIRECTIONAL);
	if (dma_mapping_error(&pdev->dev, request->addr))
		goto out_data;
	request->is_mapped = true;
	timer_setup(&request->timeout, request_timeout, 0);
	mod_timer(&request->timeout, jiffies + 3);
	platform_set_drvdata(pdev, request);
	return 0;
out_data:
	kfree(request->data);
out_request:
	kfree(request);
	return -ENOMEM;
}

static void disk_remove(struct platform_device *pdev)
{
	struct request *request = platform_get_drvdata(pdev);

	timer_delete_sync(&request->timeout);
	request_end(request);
	kfree(request->data);
	kfree(request);
}

static struct platform_driver disk_driver = {
	.probe = disk_probe,
	.remove = disk_remove,
	.driver = { .name = "disk" },
};
static struct platform_device *disk_device;

static int __init disk_init(void)
{
	int error = platform_driver_register(&disk_driver);

	if (error)
		return error;
	disk_device = platform_device_register_simple("disk", PLATFORM_DEVID_NONE, NULL, 0);
	if (!IS_ERR(disk_device))
		return 0;
	platform_driver_unregister(&disk_driver);
	return PTR_ERR(disk_device);
}

static void __exit disk_exit(void)
{
	platform_device_unregister(disk_device);
	platform_driver_unregister(&disk_driver);
}

module_init(disk_init);
module_exit(disk_exit);
MODULE_LICENSE("GPL");
