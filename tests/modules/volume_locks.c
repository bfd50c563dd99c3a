/* SPDX-License-Identifier: MIT */
/*
 * A little file system's metadata: rwsem, rwlock, seqlock, mutex, per-CPU counters,
 * NOFS scopes, __GFP_NOFAIL.
 */
#include <linux/module.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rbtree.h>
#include <linux/rwsem.h>
#include <linux/sched/mm.h>
#include <linux/seqlock.h>
#include <linux/slab.h>
#include <linux/mm.h>
#include <linux/err.h>

struct extent {
	struct rb_node rb;
	u64 start, length;
};

struct volume {
	struct rw_semaphore sem;
	struct rb_root extents;
	rwlock_t names_lock;
	struct list_head names;
	seqlock_t time_lock;
	u64 seconds, nanos;
	struct mutex journal;
	void **log;
	unsigned int n_log;
};

struct name {
	struct list_head list;
	char text[];
};

static DEFINE_PER_CPU(unsigned long, lookups);
static struct volume volume;
static struct task_struct *threads[2];

static int extent_insert(struct volume *v, u64 start, u64 length)
{
	struct rb_node **link = &v->extents.rb_node, *parent = NULL;
	struct extent *new, *at;

	new = kmalloc(sizeof(*new), GFP_NOFS);
	if (!new)
		return -ENOMEM;
	*new = (struct extent){ .start = start, .length = length };
	down_write(&v->sem);
	while (*link) {
		parent = *link;
		at = rb_entry(parent, struct extent, rb);
		if (start < at->start) {
			link = &parent->rb_left;
		} else if (start > at->start) {
			link = &parent->rb_right;
		} else {
			up_write(&v->sem);
			kfree(new);
			return -EEXIST;
		}
	}
	rb_link_node(&new->rb, parent, link);
	rb_insert_color(&new->rb, &v->extents);
	up_write(&v->sem);
	return 0;
}

static u64 volume_size(struct volume *v)
{
	struct rb_node *n;
	u64 sum = 0;

	down_read(&v->sem);
	for (n = rb_first(&v->extents); n; n = rb_next(n))
		sum += rb_entry(n, struct extent, rb)->length;
	up_read(&v->sem);
	this_cpu_inc(lookups);
	return sum;
}

/* A transaction: whoever allocates below must not come back into the file system. */
static int journal_append(struct volume *v, size_t size)
{
	unsigned int nofs;
	void *block, **log;

	mutex_lock(&v->journal);
	nofs = memalloc_nofs_save();
	block = kvzalloc(size, GFP_KERNEL);
	if (!block)
		goto fail;
	log = kvmalloc_array(v->n_log + 1, sizeof(*log), GFP_KERNEL | __GFP_NOFAIL);
	if (v->n_log)
		memcpy(log, v->log, v->n_log * sizeof(*log));
	kvfree(v->log);
	v->log = log;
	v->log[v->n_log++] = block;
	memalloc_nofs_restore(nofs);
	mutex_unlock(&v->journal);
	return 0;
fail:
	memalloc_nofs_restore(nofs);
	mutex_unlock(&v->journal);
	return -ENOMEM;
}

static int name_add(struct volume *v, const char *text)
{
	size_t length = strlen(text) + 1;
	struct name *name = kmalloc(struct_size(name, text, length), GFP_KERNEL);

	if (!name)
		return -ENOMEM;
	strscpy(name->text, text, length);
	write_lock_irq(&v->names_lock);
	list_add(&name->list, &v->names);
	write_unlock_irq(&v->names_lock);
	return 0;
}

static bool name_exists(struct volume *v, const char *text)
{
	struct name *name;
	bool is_there = false;

	read_lock(&v->names_lock);
	list_for_each_entry(name, &v->names, list) {
		if (!strcmp(name->text, text)) {
			is_there = true;
			break;
		}
	}
	read_unlock(&v->names_lock);
	return is_there;
}

static void time_set(struct volume *v, u64 seconds)
{
	write_seqlock(&v->time_lock);
	v->seconds = seconds;
	v->nanos = seconds * NSEC_PER_SEC;
	write_sequnlock(&v->time_lock);
}

static bool time_is_sane(struct volume *v)
{
	unsigned int seq;
	u64 s, n;

	do {
		seq = read_seqbegin(&v->time_lock);
		s = v->seconds;
		n = v->nanos;
	} while (read_seqretry(&v->time_lock, seq));
	return n == s * NSEC_PER_SEC;
}

static int thread_main(void *data)
{
	unsigned long nr = (unsigned long)data, round = 0;

	while (!kthread_should_stop()) {
		if (nr)
			time_set(&volume, ++round);
		WARN_ON_ONCE(!time_is_sane(&volume));
		volume_size(&volume);
		name_exists(&volume, "b");
		schedule_timeout_interruptible(1);
	}
	return 0;
}

static void volume_drop(struct volume *v)
{
	struct extent *extent, *next;
	struct name *name, *tmp;

	rbtree_postorder_for_each_entry_safe(extent, next, &v->extents, rb)
		kfree(extent);
	v->extents = RB_ROOT;
	list_for_each_entry_safe(name, tmp, &v->names, list) {
		list_del(&name->list);
		kfree(name);
	}
	while (v->n_log)
		kvfree(v->log[--v->n_log]);
	kvfree(v->log);
	v->log = NULL;
}

static void threads_stop(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(threads); i++) {
		if (!IS_ERR_OR_NULL(threads[i]))
			kthread_stop(threads[i]);
		threads[i] = NULL;
	}
}

static int __init volume_init(void)
{
	static const char *const names[] = { "a", "b", "lost+found" };
	unsigned long sum = 0;
	int i, ret = 0;

	init_rwsem(&volume.sem);
	volume.extents = RB_ROOT;
	rwlock_init(&volume.names_lock);
	INIT_LIST_HEAD(&volume.names);
	seqlock_init(&volume.time_lock);
	mutex_init(&volume.journal);
	for (i = 0; i < ARRAY_SIZE(threads); i++) {
		threads[i] = kthread_run(thread_main, (void *)(long)i, "volume/%d", i);
		if (IS_ERR(threads[i])) {
			ret = PTR_ERR(threads[i]);
			goto err;
		}
	}
	for (i = 0; i < 20; i++) {
		ret = extent_insert(&volume, (i * 7) % 20, i);
		if (ret)
			goto err;
	}
	for (i = 0; i < ARRAY_SIZE(names) && !ret; i++)
		ret = name_add(&volume, names[i]);
	for (i = 0; i < 4 && !ret; i++)
		ret = journal_append(&volume, (size_t)PAGE_SIZE << i);
	if (ret)
		goto err;
	for_each_possible_cpu(i)
		sum += per_cpu(lookups, i);
	pr_info("%lu lookups, %llu blocks\n", sum, volume_size(&volume));
	return 0;
err:
	threads_stop();
	volume_drop(&volume);
	return ret;
}

static void __exit volume_exit(void)
{
	threads_stop();
	volume_drop(&volume);
}

module_init(volume_init);
module_exit(volume_exit);
MODULE_LICENSE("GPL");
