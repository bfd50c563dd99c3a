/* SPDX-License-Identifier: MIT */
/* A list reaches beyond its page, and another is unmapped with one entry too few. */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

static struct scatterlist list[3];
static void *parts[3];

static void crypt_beyond(struct device *dev)
{
	unsigned long page = get_zeroed_page(GFP_KERNEL);
	struct scatterlist one;

	if (!page)
		return;
	sg_init_one(&one, (void *)(page + 1024), PAGE_SIZE);
	if (dma_map_sg(dev, &one, 1, DMA_TO_DEVICE))	/* finding: dma-unreachable */
		dma_unmap_sg(dev, &one, 1, DMA_TO_DEVICE);
	free_page(page);
}

static int crypt_run(struct device *dev)
{
	int mapped = dma_map_sg(dev, list, 3, DMA_BIDIRECTIONAL);

	if (!mapped)
		return -EIO;
	sg_dma_address(list);
	dma_unmap_sg(dev, list, mapped - 1, DMA_BIDIRECTIONAL);	/* finding: dma-unreachable */
	return 0;
}

static int crypt_probe(struct platform_device *pdev)
{
	int error = -ENOMEM;

	sg_init_table(list, 3);
	for (int i = 0; i < 3; i++) {
		parts[i] = kzalloc(100 * (i + 1), GFP_KERNEL);
		if (!parts[i])
			goto out_free;
		sg_set_buf(&list[i], parts[i], 100 * (i + 1));
	}
	crypt_beyond(&pdev->dev);
	error = crypt_run(&pdev->dev);
	if (!error)
		return 0;
out_free:
	for (int i = 0; i < 3; i++)
		kfree(parts[i]);
	return error;
}

static void crypt_remove(struct platform_device *pdev)
{
	for (int i = 0; i < 3; i++)
		kfree(parts[i]);
}

static struct platform_driver crypt_driver = {
	.probe = crypt_probe,
	.remove = crypt_remove,
	.driver = { .name = "crypt" },
};
static struct platform_device *crypt_device;

static int __init crypt_init(void)
{
	int error = platform_driver_register(&crypt_driver);

	if (error)
		return error;
	crypt_device = platform_device_register_simple("crypt", PLATFORM_DEVID_NONE, NULL, 0);
	if (!IS_ERR(crypt_device))
		return 0;
	platform_driver_unregister(&crypt_driver);
	return PTR_ERR(crypt_device);
}

static void __exit crypt_exit(void)
{
	platform_device_unregister(crypt_device);
	platform_driver_unregister(&crypt_driver);
}

module_init(crypt_init);
module_exit(crypt_exit);
MODULE_LICENSE("GPL");
