/* SPDX-License-Identifier: MIT */
/* A driver of 60 lines with ten allocation sites: what a whole check costs. */
#include <linux/gfp.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

#define PARTS 8

struct part { char *name; void *memory; };
struct driver {
	struct mutex lock;
	struct work_struct work;
	struct kmem_cache *cache;
	void *part[PARTS];
	unsigned long page;
	char *log;
};

static struct driver *driver;

static void driver_work(struct work_struct *work)
{
	struct driver *own = container_of(work, struct driver, work);
	struct part *part = kmalloc(sizeof(*part), GFP_KERNEL); /* 1 */

	if (!part)
		return;
	part->name = kstrdup("part", GFP_KERNEL); /* 2 */
	part->memory = kcalloc(4, 32, GFP_KERNEL); /* 3 */
	mutex_lock(&own->lock);
	if (part->name)
		strscpy(own->log, part->name, 64);
	mutex_unlock(&own->lock);
	kfree(part->memory);
	kfree(part->name);
	kfree(part);
}

static void driver_free(struct driver *own)
{
	cancel_work_sync(&own->work);
	kfree(own->part[0]);
	kvfree(own->part[1]);
	vfree(own->part[3]);
	free_page(own->page);
	kfree(own->log);
	kmem_cache_destroy(own->cache);
	kfree(own);
}

static int __init driver_init(void)
{
	driver = kzalloc(sizeof(*driver), GFP_KERNEL); /* 4 */
	if (!driver)
		return -ENOMEM;
	mutex_init(&driver->lock);
	INIT_WORK(&driver->work, driver_work);
	driver->log = kzalloc(64, GFP_KERNEL); /* 5 */
	driver->cache = kmem_cache_create("part", 48, 0, 0, NULL); /* 6 */
	driver->part[0] = kmemdup("firmware", 9, GFP_KERNEL); /* 7 */
	driver->part[1] = kvmalloc(8192, GFP_KERNEL); /* 8 */
	driver->part[3] = vmalloc(10000); /* 9 */
	driver->page = __get_free_page(GFP_KERNEL); /* 10 */
	if (!driver->log || !driver->cache || !driver->part[0] || !driver->part[1] ||
	    !driver->part[3] || !driver->page) {
		driver_free(driver);
		return -ENOMEM;
	}
	schedule_work(&driver->work);
	return 0;
}

static void __exit driver_exit(void)
{
	driver_free(driver);
}

module_init(driver_init);
module_exit(driver_exit);
MODULE_LICENSE("GPL");
