/* SPDX-License-Identifier: MIT */
/* A work function still fills a firmware image that the time-out has dropped. */
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

#define IMAGE_BYTES	(3 * PAGE_SIZE + 100)

static u8 *image;
static size_t filled;

static void image_fill(struct work_struct *work);
static DECLARE_DELAYED_WORK(fill_work, image_fill);

static void image_fill(struct work_struct *work)
{
	if (filled + 512 > IMAGE_BYTES)
		return;
	image[filled] = 0xa5;
	filled += 512;
	schedule_delayed_work(&fill_work, msecs_to_jiffies(2));
}

static int __init image_init(void)
{
	image = vzalloc(IMAGE_BYTES);
	if (!image)
		return -ENOMEM;
	schedule_delayed_work(&fill_work, msecs_to_jiffies(2));
	return 0;
}

static void __exit image_exit(void)
{
	cancel_delayed_work_sync(&fill_work);
	vfree(image);
}

module_init(image_init);
module_exit(image_exit);
MODULE_LICENSE("GPL");
