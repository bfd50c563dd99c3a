/* SPDX-License-Identifier: MIT */
/* The table comes from the dma API. */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#define TABLE_BYTES	(8 * PAGE_SIZE)

struct walker {
	struct device *dev;
	u64 *table;
	dma_addr_t addr;
};

static struct walker walker;

static int table_build(struct walker *of)
{
	of->table = dma_alloc_coherent(of->dev, TABLE_BYTES, &of->addr, GFP_KERNEL);
	return of->table ? 0 : -ENOMEM;
}

static int walker_probe(struct platform_device *pdev)
{
	walker.dev = &pdev->dev;
	return table_build(&walker);
}

static void walker_remove(struct platform_device *pdev)
{
	dma_free_coherent(walker.dev, TABLE_BYTES, walker.table, walker.addr);
}

static struct platform_driver walker_driver = {
	.probe = walker_probe,
	.remove = walker_remove,
	.driver = { .name = "walker" },
};
static struct platform_device *walker_device;

static int __init walker_init(void)
{
	int error = platform_driver_register(&walker_driver);

	if (error)
		return error;
	walker_device = platform_device_register_simple("walker", PLATFORM_DEVID_NONE, NULL, 0);
	if (!IS_ERR(walker_device))
		return 0;
	platform_driver_unregister(&walker_driver);
	return PTR_ERR(walker_device);
}

static void __exit walker_exit(void)
{
	platform_device_unregister(walker_device);
	platform_driver_unregister(&walker_driver);
}

module_init(walker_init);
module_exit(walker_exit);
MODULE_LICENSE("GPL");
