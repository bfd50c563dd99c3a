/* SPDX-License-Identifier: MIT */
/* Without its buffer the codec gives its worker back. */
/* options: --schedules 1 */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>

struct codec {
	struct kthread_worker *worker;
	struct kthread_work work;
	void *buffer;
};

static struct codec codec;

static void codec_run(struct kthread_work *work)
{
	struct codec *c = container_of(work, struct codec, work);

	memset(c->buffer, 0, 512);
}

static int __init codec_init(void)
{
	codec.worker = kthread_create_worker(0, "codec/%d", 1);
	if (IS_ERR(codec.worker))
		return PTR_ERR(codec.worker);
	codec.buffer = kmalloc(512, GFP_KERNEL);
	if (!codec.buffer) {
		kthread_destroy_worker(codec.worker);
		return -ENOMEM;
	}
	kthread_init_work(&codec.work, codec_run);
	kthread_queue_work(codec.worker, &codec.work);
	return 0;
}

static void __exit codec_exit(void)
{
	kthread_destroy_worker(codec.worker);
	kfree(codec.buffer);
}

module_init(codec_init);
module_exit(codec_exit);
MODULE_LICENSE("GPL");
