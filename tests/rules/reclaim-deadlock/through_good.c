/* SPDX-License-Identifier: MIT */
/* The channel is let go before memory is asked for. */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/shrinker.h>
#include <linux/slab.h>

struct buffer {
	struct list_head list;
	char data[100];
};

struct channel {
	struct mutex lock;
	struct buffer *current_buffer;
};

static DEFINE_MUTEX(pool_lock);
static LIST_HEAD(pool);
static unsigned long pool_buffers;
static struct channel channels[2];
static struct shrinker *shrinker;

/* All channels give their buffers back: pool, then channel. */
static void pool_collect(void)
{
	mutex_lock(&pool_lock);
	for (unsigned int i = 0; i < ARRAY_SIZE(channels); i++) {
		struct channel *channel = &channels[i];

		mutex_lock(&channel->lock);
		if (channel->current_buffer) {
			list_add(&channel->current_buffer->list, &pool);
			channel->current_buffer = NULL;
			pool_buffers++;
		}
		mutex_unlock(&channel->lock);
	}
	mutex_unlock(&pool_lock);
}

static int channel_fill(struct channel *channel)
{
	struct buffer *buffer;
	int error = -ENOMEM;

	buffer = kmalloc(sizeof(*buffer), GFP_KERNEL);
	mutex_lock(&channel->lock);
	if (buffer && !channel->current_buffer) {
		channel->current_buffer = buffer;
		buffer = NULL;
		error = 0;
	}
	mutex_unlock(&channel->lock);
	kfree(buffer);
	return error;
}

static unsigned long pool_count(struct shrinker *s, struct shrink_control *sc)
{
	return READ_ONCE(pool_buffers);
}

static unsigned long pool_scan(struct shrinker *s, struct shrink_control *sc)
{
	unsigned long freed = 0;

	mutex_lock(&pool_lock);
	while (freed < sc->nr_to_scan && !list_empty(&pool)) {
		struct buffer *buffer = list_first_entry(&pool, struct buffer, list);

		list_del(&buffer->list);
		kfree(buffer);
		pool_buffers--;
		freed++;
	}
	mutex_unlock(&pool_lock);
	return freed;
}

static int __init channels_init(void)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(channels); i++)
		mutex_init(&channels[i].lock);
	shrinker = shrinker_alloc(0, "channel-pool");
	if (!shrinker)
		return -ENOMEM;
	shrinker->count_objects = pool_count;
	shrinker->scan_objects = pool_scan;
	shrinker_register(shrinker);
	for (unsigned int i = 0; i < ARRAY_SIZE(channels); i++)
		channel_fill(&channels[i]);
	pool_collect();
	channel_fill(&channels[0]);
	return 0;
}

static void __exit channels_exit(void)
{
	struct shrink_control all = { .nr_to_scan = ~0UL };

	pool_collect();
	pool_scan(shrinker, &all);
	shrinker_free(shrinker);
}

module_init(channels_init);
module_exit(channels_exit);
MODULE_LICENSE("GPL");
