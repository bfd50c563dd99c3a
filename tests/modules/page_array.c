/* SPDX-License-Identifier: MIT */
/* A cache of blocks and their handles, to which only xarrays refer; a timer fills one of them. */
#include <linux/kref.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/xarray.h>

struct block {
	struct kref ref;
	void *data;
};

static DEFINE_XARRAY(blocks);
static DEFINE_XARRAY_ALLOC(handles);
static DEFINE_XARRAY_FLAGS(events, XA_FLAGS_LOCK_BH);
static struct timer_list source;

static void block_release(struct kref *ref)
{
	struct block *block = container_of(ref, struct block, ref);

	kfree(block->data);
	kfree(block);
}

static struct block *block_make(void)
{
	struct block *block = kzalloc(sizeof(*block), GFP_KERNEL);

	if (!block)
		return NULL;
	kref_init(&block->ref);
	block->data = kmalloc(100, GFP_KERNEL);
	if (block->data)
		return block;
	kfree(block);
	return NULL;
}

/* With a reference for the caller. */
static struct block *block_get(unsigned long index)
{
	struct block *block, *there;

	rcu_read_lock();
	block = xa_load(&blocks, index);
	if (block && !kref_get_unless_zero(&block->ref))
		block = NULL;
	rcu_read_unlock();
	if (block)
		return block;
	block = block_make();
	if (!block)
		return NULL;
	kref_get(&block->ref);
	there = xa_cmpxchg(&blocks, index, NULL, block, GFP_KERNEL);
	if (!there)
		return block;
	kref_put(&block->ref, block_release);
	kref_put(&block->ref, block_release);
	return NULL;
}

static int handle_make(void)
{
	char *name = kstrdup("handle", GFP_KERNEL);
	u32 id;
	int error;

	if (!name)
		return -ENOMEM;
	error = xa_alloc(&handles, &id, xa_tag_pointer(name, 1), xa_limit_16b, GFP_KERNEL);
	if (error)
		kfree(name);
	return error;
}

static void event_made(struct timer_list *timer)
{
	static unsigned long count;
	unsigned long *event = kmalloc(sizeof(*event), GFP_ATOMIC);

	if (!event)
		return;
	*event = jiffies;
	xa_lock(&events);
	if (xa_is_err(__xa_store(&events, count++, event, GFP_ATOMIC)))
		kfree(event);
	xa_unlock(&events);
	if (count < 5)
		mod_timer(timer, jiffies + 1);
}

static void arrays_end(void)
{
	struct block *block;
	unsigned long index;
	void *entry;

	xa_for_each(&blocks, index, block) {
		xa_erase(&blocks, index);
		kref_put(&block->ref, block_release);
	}
	xa_for_each(&handles, index, entry)
		kfree(xa_untag_pointer(entry));
	xa_destroy(&handles);
	xa_for_each(&events, index, entry)
		kfree(entry);
	xa_destroy(&events);
}

static int __init arrays_init(void)
{
	for (unsigned long i = 0; i < 6; i++) {
		struct block *block = block_get(i % 4 * 1000);

		if (block)
			kref_put(&block->ref, block_release);
		if (!block || handle_make()) {
			arrays_end();
			return -ENOMEM;
		}
	}
	timer_setup(&source, event_made, 0);
	mod_timer(&source, jiffies + 1);
	return 0;
}

static void __exit arrays_exit(void)
{
	timer_shutdown_sync(&source);
	arrays_end();
}

module_init(arrays_init);
module_exit(arrays_exit);
MODULE_LICENSE("GPL");
