/* SPDX-License-Identifier: MIT */
/* A platform driver maps the second window of its device by hand, and gives it back. */
#include <linux/io.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#define CONTROL	0x04
#define START	BIT(0)

struct engine {
	void __iomem *control;
	void __iomem *fifo;
	struct resource *fifo_claim;
};

static int engine_probe(struct platform_device *pdev)
{
	struct resource *fifo = platform_get_resource_byname(pdev, IORESOURCE_MEM, "fifo");
	struct engine *engine = devm_kzalloc(&pdev->dev, sizeof(*engine), GFP_KERNEL);
	resource_size_t size;

	if (!engine)
		return -ENOMEM;
	engine->control = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(engine->control))
		return PTR_ERR(engine->control);
	size = resource_size(fifo);
	engine->fifo_claim = request_mem_region(fifo->start, size, "fifo");
	if (!engine->fifo_claim)
		return -EBUSY;
	engine->fifo = ioremap(fifo->start, size);
	if (!engine->fifo) {
		release_mem_region(fifo->start, size);
		return -ENOMEM;
	}
	if (request_mem_region(fifo->start + 8, 4, "second"))
		pr_err("claimed twice\n");
	writel(readl(engine->control + CONTROL) | START, engine->control + CONTROL);
	if (readl(engine->control + CONTROL) != START)
		pr_err("the register lost its value\n");
	platform_set_drvdata(pdev, engine);
	return 0;
}

static void engine_remove(struct platform_device *pdev)
{
	struct engine *engine = platform_get_drvdata(pdev);

	writel(0, engine->control + CONTROL);
	iounmap(engine->fifo);
	release_mem_region(engine->fifo_claim->start, resource_size(engine->fifo_claim));
}

static struct platform_driver engine_driver = {
	.probe = engine_probe,
	.remove = engine_remove,
	.driver = { .name = "engine" },
};

static struct platform_device *engine_device;

static int __init engine_init(void)
{
	const struct resource resources[] = {
		DEFINE_RES_MEM(0xfd000000, 0x40),
		DEFINE_RES_MEM_NAMED(0xfd001000, 0x100, "fifo"),
	};
	int error = platform_driver_register(&engine_driver);

	if (error)
		return error;
	engine_device = platform_device_register_simple("engine", PLATFORM_DEVID_NONE, resources,
							ARRAY_SIZE(resources));
	if (!IS_ERR(engine_device))
		return 0;
	platform_driver_unregister(&engine_driver);
	return PTR_ERR(engine_device);
}

static void __exit engine_exit(void)
{
	platform_device_unregister(engine_device);
	platform_driver_unregister(&engine_driver);
}

module_init(engine_init);
module_exit(engine_exit);
MODULE_LICENSE("GPL");
