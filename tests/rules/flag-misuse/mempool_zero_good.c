/* SPDX-License-Identifier: MIT */
/* A work item takes an element of a mempool and clears it itself. */
#include <linux/mempool.h>
#include <linux/module.h>
#include <linux/workqueue.h>

struct io {
	unsigned int retries;
	u8 data[120];
};

static mempool_t *ios;
static unsigned int done;

static void submit(struct work_struct *work)
{
	struct io *io = mempool_alloc(ios, GFP_NOIO);

	memset(io, 0, sizeof(*io));
	io->retries = 3;
	done += io->retries;
	mempool_free(io, ios);
}

static DECLARE_WORK(submit_work, submit);

static int __init io_init(void)
{
	ios = mempool_create_kmalloc_pool(2, sizeof(struct io));
	if (!ios)
		return -ENOMEM;
	schedule_work(&submit_work);
	return 0;
}

static void __exit io_exit(void)
{
	flush_work(&submit_work);
	mempool_destroy(ios);
}

module_init(io_init);
module_exit(io_exit);
MODULE_LICENSE("GPL");
