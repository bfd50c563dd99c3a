/* SPDX-License-Identifier: MIT */
/* device_test.c - names, references, families, buses, drivers, the platform bus */
#define KMALLOC_CHECKED 1
#include <test.h>
#include <kmalloc/machine.h>
#include <linux/dma-mapping.h>
#include <linux/platform_device.h>
#include <linux/string.h>
#include "slab/count_test.h"

static int released;

static void count_release(struct device *dev)
{
	released++;
}

static void count_action(void *data)
{
	released++;
}

static bool console_has(const char *part)
{
	return strstr(km_test_console(), part) != NULL;
}

/* -- life ------------------------------------------------------------------------------------- */

static void what_a_driverless_device_holds_goes_when_it_is_unregistered(void)
{
	struct device *dev = root_device_register("holder");

	REQUIRE(!IS_ERR(dev));
	released = 0;
	CHECK_EQ(devm_add_action(dev, count_action, NULL), 0);
	get_device(dev);
	root_device_unregister(dev);
	/* Somebody still has a reference. */
	CHECK_EQ(released, 1);
	put_device(dev);
	CHECK_EQ(released, 1);
}

static void a_zeroed_device_registers_and_goes(void)
{
	static struct device dev;

	memset(&dev, 0, sizeof(dev));
	released = 0;
	CHECK_EQ(dev_set_name(&dev, "first/%d", 7), 0);
	CHECK_EQ(device_register(&dev), 0);
	/* As dmapool_test does: afterwards. */
	dev.release = count_release;
	CHECK(!strcmp(dev_name(&dev), "first!7"));
	CHECK(device_is_registered(&dev));
	CHECK(list_empty(&dev.dma_pools));
	CHECK(get_device(&dev) == &dev);
	device_unregister(&dev);
	CHECK_EQ(released, 0);
	CHECK(!device_is_registered(&dev));
	put_device(&dev);
	CHECK_EQ(released, 1);
	CHECK(!get_device(NULL));
	put_device(NULL);
}

static void names_are_needed_and_taken_once(void)
{
	struct device nameless = { .release = count_release };
	struct device one = { .init_name = "twin", .release = count_release };
	struct device two = { .init_name = "twin", .release = count_release };

	released = 0;
	CHECK_EQ(device_register(&nameless), -EINVAL);
	put_device(&nameless);
	CHECK_EQ(device_register(&one), 0);
	CHECK(!one.init_name && !strcmp(dev_name(&one), "twin"));
	CHECK_EQ(device_register(&two), -EEXIST);
	put_device(&two);
	device_unregister(&one);
	CHECK_EQ(released, 3);
	CHECK_EQ(device_add(NULL), -EINVAL);
}

static void a_device_without_release_is_told(void)
{
	struct device dev = { .init_name = "broken" };

	CHECK_EQ(device_register(&dev), 0);
	km_test_console_clear();
	device_unregister(&dev);
	CHECK(console_has("Device 'broken' does not have a release() function"));
}

static int see_child(struct device *dev, void *data)
{
	char *seen = data;

	strcat(seen, dev_name(dev));
	return dev_name(dev)[0] == 'c' ? 42 : 0;
}

static void children_keep_their_parent_and_order(void)
{
	struct device *root = root_device_register("family");
	struct device child[3] = {
		{ .init_name = "a" }, { .init_name = "b" }, { .init_name = "c" },
	};
	struct device *found;
	char seen[16] = "";

	REQUIRE(!IS_ERR(root));
	for (int i = 0; i < 3; i++) {
		child[i].parent = root;
		child[i].release = count_release;
		CHECK_EQ(device_register(&child[i]), 0);
	}
	/* The caller's, the list's, three children's. */
	CHECK_EQ(kref_read(&root->kobj.kref), 5);
	CHECK_EQ(device_for_each_child(root, seen, see_child), 42);
	CHECK(!strcmp(seen, "abc"));
	seen[0] = 0;
	CHECK_EQ(device_for_each_child_reverse(root, seen, see_child), 42);
	CHECK(!strcmp(seen, "c"));
	found = device_find_child_by_name(root, "b");
	CHECK(found == &child[1]);
	put_device(found);
	CHECK(!device_find_child_by_name(root, "d"));
	for (int i = 0; i < 3; i++)
		device_unregister(&child[i]);
	CHECK_EQ(kref_read(&root->kobj.kref), 2);
	root_device_unregister(root);
}

static void messages_name_driver_and_device(void)
{
	struct device dev = { .init_name = "speaker", .release = count_release };

	km_test_console_clear();
	dev_err(&dev, "number %d\n", 5);
	CHECK(console_has(" speaker: number 5"));
	dev_warn(NULL, "who\n");
	CHECK(console_has("(NULL device *): who"));
	CHECK_EQ(dev_err_probe(&dev, -EIO, "lost\n"), -EIO);
	CHECK(console_has("lost"));
	km_test_console_clear();
	CHECK_EQ(dev_err_probe(&dev, -EPROBE_DEFER, "later\n"), -EPROBE_DEFER);
	CHECK(!console_has("later"));
}

/* -- buses ------------------------------------------------------------------------------------ */

static int match_by_letter(struct device *dev, const struct device_driver *drv)
{
	return dev_name(dev)[0] == drv->name[0];
}

static const struct bus_type letters = {
	.name = "letters", .dev_name = "n", .match = match_by_letter,
};
static int probed, removed, probe_answer;

static int probe(struct device *dev)
{
	probed++;
	dev_set_drvdata(dev, &probed);
	return devm_kmalloc(dev, 100, GFP_KERNEL) ? probe_answer : -ENOMEM;
}

static int remove(struct device *dev)
{
	removed++;
	return 0;
}

static void drivers_meet_devices_in_either_order(void)
{
	struct device_driver drv = { .name = "alpha", .bus = &letters, .probe = probe,
				     .remove = remove };
	struct device early = { .init_name = "a1", .bus = &letters, .release = count_release };
	struct device late = { .init_name = "a2", .bus = &letters, .release = count_release };
	struct device other = { .bus = &letters, .id = 3, .release = count_release };

	probed = removed = probe_answer = 0;
	CHECK_EQ(driver_register(&drv), -EINVAL);
	CHECK_EQ(device_register(&early), -EINVAL);
	put_device(&early);
	CHECK_EQ(bus_register(&letters), 0);
	CHECK_EQ(bus_register(&letters), -EEXIST);
	early.init_name = "a1";
	early.kobj.name = NULL;
	CHECK_EQ(device_register(&early), 0);
	CHECK_EQ(probed, 0);
	CHECK_EQ(driver_register(&drv), 0);
	CHECK_EQ(probed, 1);
	CHECK(early.driver == &drv && device_is_bound(&early));
	CHECK_EQ(driver_register(&drv), -EBUSY);
	CHECK_EQ(device_register(&late), 0);
	CHECK_EQ(probed, 2);
	CHECK_EQ(device_register(&other), 0);
	CHECK(!strcmp(dev_name(&other), "n3") && !other.driver);
	CHECK(!list_empty(&late.devres_head));
	device_unregister(&late);
	CHECK_EQ(removed, 1);
	driver_unregister(&drv);
	CHECK_EQ(removed, 2);
	CHECK(!early.driver && !dev_get_drvdata(&early) && list_empty(&early.devres_head));
	device_unregister(&early);
	device_unregister(&other);
	bus_unregister(&letters);
}

static void a_failed_probe_leaves_nothing(void)
{
	struct device_driver drv = { .name = "alpha", .bus = &letters, .probe = probe };
	struct device dev = { .init_name = "a", .bus = &letters, .release = count_release };

	CHECK_EQ(bus_register(&letters), 0);
	CHECK_EQ(driver_register(&drv), 0);
	probe_answer = -EIO;
	km_test_console_clear();
	CHECK_EQ(device_register(&dev), 0);
	CHECK(!dev.driver && !dev_get_drvdata(&dev) && list_empty(&dev.devres_head));
	CHECK(console_has("alpha: probe of a failed with error -5"));
	probe_answer = 0;
	CHECK_EQ(bus_rescan_devices(&letters), 0);
	CHECK(dev.driver == &drv);
	device_release_driver(&dev);
	CHECK(!dev.driver);
	REQUIRE(devm_kmalloc(&dev, 10, GFP_KERNEL));
	km_test_console_clear();
	CHECK_EQ(device_attach(&dev), 0);
	CHECK(console_has("Resources present before probing"));
	driver_unregister(&drv);
	device_unregister(&dev);
	bus_unregister(&letters);
}

static int events[8];

static int note_event(struct notifier_block *nb, unsigned long action, void *data)
{
	events[action]++;
	return NOTIFY_OK;
}

static void a_bus_tells_what_happens(void)
{
	struct device_driver drv = { .name = "alpha", .bus = &letters, .probe = probe };
	struct device dev = { .init_name = "a", .bus = &letters, .release = count_release };
	struct notifier_block nb = { .notifier_call = note_event };

	memset(events, 0, sizeof(events));
	CHECK_EQ(bus_register(&letters), 0);
	CHECK_EQ(bus_register_notifier(&letters, &nb), 0);
	CHECK_EQ(driver_register(&drv), 0);
	CHECK_EQ(device_register(&dev), 0);
	CHECK(bus_find_device_by_name(&letters, NULL, "a") == &dev);
	put_device(&dev);
	CHECK(!bus_find_device_by_name(&letters, NULL, "b"));
	CHECK(driver_find("alpha", &letters) == &drv);
	device_unregister(&dev);
	for (int i = BUS_NOTIFY_ADD_DEVICE; i <= BUS_NOTIFY_UNBOUND_DRIVER; i++)
		CHECK_EQ(events[i], 1);
	CHECK_EQ(bus_unregister_notifier(&letters, &nb), 0);
	driver_unregister(&drv);
	bus_unregister(&letters);
}

/* -- the platform bus ------------------------------------------------------------------------- */

static int platform_probed, platform_removed;

static int pprobe(struct platform_device *pdev)
{
	platform_probed++;
	return platform_get_irq(pdev, 0) == 5 ? 0 : -EINVAL;
}

static void premove(struct platform_device *pdev)
{
	platform_removed++;
}

static void platform_devices_find_their_driver(void)
{
	static const struct platform_device_id ids[] = { { "dove", 1 }, { "crow", 2 }, { } };
	struct platform_driver drv = { .probe = pprobe, .remove = premove, .id_table = ids,
				       .driver = { .name = "birds" } };
	struct resource res[] = { DEFINE_RES_MEM(0x1000, 0x100),
				  DEFINE_RES_IRQ_NAMED(5, "wing") };
	int data = 77;
	struct platform_device *pdev;

	platform_probed = platform_removed = 0;
	pdev = platform_device_register_resndata(NULL, "crow", PLATFORM_DEVID_AUTO, res, 2, &data,
						 sizeof(data));
	REQUIRE(!IS_ERR(pdev));
	CHECK(!strcmp(dev_name(&pdev->dev), "crow.0.auto"));
	CHECK_EQ(*(int *)dev_get_platdata(&pdev->dev), 77);
	CHECK_EQ(resource_size(platform_get_resource(pdev, IORESOURCE_MEM, 0)), 0x100);
	CHECK(!platform_get_resource(pdev, IORESOURCE_MEM, 1));
	CHECK_EQ(platform_get_irq_byname(pdev, "wing"), 5);
	CHECK_EQ(platform_get_irq_byname_optional(pdev, "tail"), -ENXIO);
	CHECK_EQ(platform_irq_count(pdev), 1);
	CHECK_EQ(dma_get_mask(&pdev->dev), DMA_BIT_MASK(32));
	CHECK_EQ(pdev->dev.coherent_dma_mask, DMA_BIT_MASK(32));
	CHECK_EQ(platform_driver_register(&drv), 0);
	CHECK_EQ(platform_probed, 1);
	CHECK(platform_get_device_id(pdev)->driver_data == 2);
	platform_device_unregister(pdev);
	CHECK_EQ(platform_removed, 1);
	platform_driver_unregister(&drv);
	CHECK_EQ(platform_driver_probe(&drv, pprobe), -ENODEV);
}

static void nothing_is_left(void)
{
	static unsigned long before;
	struct platform_device *pdev;

	/* Twice, so that what is made once for ever is not counted. */
	for (int i = 0; i < 2; i++) {
		before = objects_out();
		pdev = platform_device_register_simple("gone", 1, NULL, 0);
		REQUIRE(!IS_ERR(pdev));
		platform_device_unregister(pdev);
	}
	CHECK_EQ(objects_out(), before);
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(setup, T(what_a_driverless_device_holds_goes_when_it_is_unregistered),
	T(a_zeroed_device_registers_and_goes), T(names_are_needed_and_taken_once),
	 T(a_device_without_release_is_told), T(children_keep_their_parent_and_order),
	 T(messages_name_driver_and_device), T(drivers_meet_devices_in_either_order),
	 T(a_failed_probe_leaves_nothing), T(a_bus_tells_what_happens),
	 T(platform_devices_find_their_driver), T(nothing_is_left));
