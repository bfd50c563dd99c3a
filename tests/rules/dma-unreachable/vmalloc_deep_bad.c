/* SPDX-License-Identifier: MIT */
/*
 * A table too large for kmalloc comes from vmalloc; three calls down it is mapped as one
 * piece.
 */
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

static int table_show(struct walker *of)
{
	of->addr = dma_map_single(of->dev, of->table,	/* finding: dma-unreachable */
				  TABLE_BYTES, DMA_TO_DEVICE);
	return dma_mapping_error(of->dev, of->addr);
}

static int table_build(struct walker *of)
{
	int error;

	of->table = kvmalloc(TABLE_BYTES + sizeof(u64), GFP_KERNEL | __GFP_NORETRY);
	if (of->table && !is_vmalloc_addr(of->table)) {
		kvfree(of->table);
		of->table = vmalloc(TABLE_BYTES);
	}
	if (!of->table)
		return -ENOMEM;
	memset(of->table, 0, TABLE_BYTES);
	error = table_show(of);
	if (error)
		kvfree(of->table);
	return error;
}

static int walker_probe(struct platform_device *pdev)
{
	walker.dev = &pdev->dev;
	return table_build(&walker);
}

static void walker_remove(struct platform_device *pdev)
{
	dma_unmap_single(walker.dev, walker.addr, TABLE_BYTES, DMA_TO_DEVICE);
	kvfree(walker.table);
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
