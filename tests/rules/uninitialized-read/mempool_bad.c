/* SPDX-License-Identifier: MIT */
/* Elements of a pool are taken without being cleared, and printed. */
#include <linux/mempool.h>
#include <linux/module.h>
#include <linux/slab.h>

struct sample {
	unsigned int sequence;
	int value;
};

static mempool_t *pool;

static int sample_show(unsigned int sequence)
{
	struct sample *sample = mempool_alloc(pool, GFP_KERNEL);

	if (!sample)
		return -ENOMEM;
	sample->sequence = sequence;
	pr_info("%u: %d\n", sample->sequence, sample->value); /* finding: uninitialized-read */
	mempool_free(sample, pool);
	return 0;
}

static int __init sample_init(void)
{
	int error = 0;

	pool = mempool_create_kmalloc_pool(2, sizeof(struct sample));
	if (!pool)
		return -ENOMEM;
	for (unsigned int i = 0; i < 3 && !error; i++)
		error = sample_show(i);
	if (error)
		mempool_destroy(pool);
	return error;
}

static void __exit sample_exit(void)
{
	mempool_destroy(pool);
}

module_init(sample_init);
module_exit(sample_exit);
MODULE_LICENSE("GPL");
