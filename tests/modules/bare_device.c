/* SPDX-License-Identifier: MIT */
/* A driver that asks firmware and power management, of which there is none, and counts packets. */
#include <linux/crc32.h>
#include <linux/freezer.h>
#include <linux/iopoll.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/percpu.h>
#include <linux/platform_device.h>
#include <linux/pm_runtime.h>
#include <linux/prefetch.h>
#include <linux/property.h>
#include <linux/slab.h>
#include <linux/static_key.h>
#include <linux/u64_stats_sync.h>

struct counters {
	u64_stats_t packets, bytes;
	struct u64_stats_sync sync;
};

struct bare {
	struct counters __percpu *counters;
	u32 depth;
	unsigned int polls;
	u8 *packet;
};

static DEFINE_STATIC_KEY_FALSE(verbose);

static u32 bare_status(struct bare *bare)
{
	return bare->polls++;
}

static void bare_count(struct bare *bare, unsigned int bytes)
{
	struct counters *mine = get_cpu_ptr(bare->counters);

	u64_stats_update_begin(&mine->sync);
	u64_stats_inc(&mine->packets);
	u64_stats_add(&mine->bytes, bytes);
	u64_stats_update_end(&mine->sync);
	put_cpu_ptr(bare->counters);
}

static void bare_counters_end(void *data)
{
	free_percpu(data);
}

static int bare_start(struct device *dev, struct bare *bare)
{
	u32 status;
	int error = pm_runtime_resume_and_get(dev);

	if (error < 0)
		return error;
	error = readx_poll_timeout(bare_status, bare, status, status >= 3, 10, 1000);
	if (!error) {
		prefetch(bare->packet);
		bare->packet[0] = (u8)crc32(~0, bare->packet, bare->depth);
		bare_count(bare, bare->depth);
	}
	pm_runtime_put(dev);
	return error;
}

static int bare_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct bare *bare = devm_kzalloc(dev, sizeof(*bare), GFP_KERNEL);
	int error;

	if (!bare)
		return -ENOMEM;
	if (device_property_read_u32(dev, "depth", &bare->depth) &&
	    of_property_read_u32(dev->of_node, "depth", &bare->depth))
		bare->depth = 64;
	bare->packet = devm_kzalloc(dev, bare->depth, GFP_KERNEL);
	bare->counters = alloc_percpu(struct counters);
	if (!bare->counters)
		return -ENOMEM;
	error = devm_add_action_or_reset(dev, bare_counters_end, bare->counters);
	if (error)
		return error;
	if (!bare->packet)
		return -ENOMEM;
	if (static_branch_unlikely(&verbose))
		dev_info(dev, "depth %u\n", bare->depth);
	return bare_start(dev, bare);
}

static const struct of_device_id bare_of_match[] = {
	{ .compatible = "none,bare" },
	{ }
};
MODULE_DEVICE_TABLE(of, bare_of_match);

static struct platform_driver bare_driver = {
	.probe = bare_probe,
	.driver = {
		.name = "bare",
		.of_match_table = bare_of_match,
	},
};
static struct platform_device *bare_device;

static int __init bare_init(void)
{
	int error = platform_driver_register(&bare_driver);

	if (error)
		return error;
	bare_device = platform_device_register_simple("bare", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(bare_device)) {
		platform_driver_unregister(&bare_driver);
		return PTR_ERR(bare_device);
	}
	return 0;
}

static void __exit bare_exit(void)
{
	platform_device_unregister(bare_device);
	platform_driver_unregister(&bare_driver);
}

module_init(bare_init);
module_exit(bare_exit);
MODULE_LICENSE("GPL");
