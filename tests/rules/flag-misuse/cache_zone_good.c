/* SPDX-License-Identifier: MIT */
/* Descriptors for a device with 24 address bits, from a cache that was made for that zone. */
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct descriptor {
	__le32 address, bytes;
};

static struct kmem_cache *descriptors;
static struct platform_device *device;

static int engine_probe(struct platform_device *pdev)
{
	struct descriptor *first;

	first = kmem_cache_zalloc(descriptors, GFP_KERNEL);
	if (!first)
		return -ENOMEM;
	platform_set_drvdata(pdev, first);
	return 0;
}

static void engine_remove(struct platform_device *pdev)
{
	kmem_cache_free(descriptors, platform_get_drvdata(pdev));
}

static struct platform_driver engine_driver = {
	.probe = engine_probe,
	.remove_new = engine_remove,
	.driver = { .name = "engine" },
};

static int __init engine_init(void)
{
	int error = -ENOMEM;

	descriptors = KMEM_CACHE(descriptor, SLAB_HWCACHE_ALIGN | SLAB_CACHE_DMA);
	if (!descriptors)
		return -ENOMEM;
	error = platform_driver_register(&engine_driver);
	if (error)
		goto out_cache;
	device = platform_device_register_simple("engine", -1, NULL, 0);
	if (!IS_ERR(device))
		return 0;
	error = PTR_ERR(device);
	platform_driver_unregister(&engine_driver);
out_cache:
	kmem_cache_destroy(descriptors);
	return error;
}

static void __exit engine_exit(void)
{
	platform_device_unregister(device);
	platform_driver_unregister(&engine_driver);
	kmem_cache_destroy(descriptors);
}

module_init(engine_init);
module_exit(engine_exit);
MODULE_LICENSE("GPL");
