/* SPDX-License-Identifier: MIT */
/* exit frees the counters while debugfs still shows them: whoever reads the file reads them. */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/slab.h>

struct ring_stats {
	u32 sent;
	bool is_up;
};

static struct dentry *ring_dir;
static struct ring_stats *stats;

static int __init ring_init(void)
{
	stats = kzalloc(sizeof(*stats), GFP_KERNEL);
	if (!stats)
		return -ENOMEM;
	ring_dir = debugfs_create_dir("ring_stats", NULL);
	debugfs_create_u32("sent", 0444, ring_dir, &stats->sent);
	debugfs_create_bool("is_up", 0444, ring_dir, &stats->is_up);
	return 0;
}

static void __exit ring_exit(void)
{
	kfree(stats); /* finding: use-after-free */
	debugfs_remove(ring_dir);
}

module_init(ring_init);
module_exit(ring_exit);
MODULE_LICENSE("GPL");
