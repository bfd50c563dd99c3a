/* SPDX-License-Identifier: MIT */
/* Few includes, as in many drivers: module.h and slab.h bring the rest along. */
#include <linux/module.h>
#include <linux/slab.h>

struct node {
	struct rb_node rb;
	struct llist_node free;
	unsigned long key;
	refcount_t refs;
	DECLARE_BITMAP(used, 128);
};

static struct rb_root tree = RB_ROOT;
static LLIST_HEAD(free_nodes);
static DEFINE_MUTEX(tree_mutex);
static DECLARE_RWSEM(tree_sem);
static DEFINE_SPINLOCK(stat_lock);
static DECLARE_COMPLETION(done);
static DECLARE_WAIT_QUEUE_HEAD(idle);
static atomic_t pending = ATOMIC_INIT(0);
static DEFINE_PER_CPU(int, hits);

static void later(struct work_struct *work)
{
	unsigned long *scratch = bitmap_zalloc(512, GFP_KERNEL);

	if (scratch) {
		bitmap_set(scratch, 3, 9);
		this_cpu_add(hits, bitmap_weight(scratch, 512));
		bitmap_free(scratch);
	}
	if (atomic_dec_and_test(&pending))
		wake_up(&idle);
	complete(&done);
}
static DECLARE_WORK(work, later);

static int node_less(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct node, rb)->key < rb_entry(b, struct node, rb)->key;
}

static bool less(struct rb_node *a, const struct rb_node *b)
{
	return node_less(a, b);
}

static void tree_free(void)
{
	struct rb_node *n;
	struct node *node, *next;

	while ((n = rb_first(&tree))) {
		rb_erase(n, &tree);
		llist_add(&rb_entry(n, struct node, rb)->free, &free_nodes);
	}
	llist_for_each_entry_safe(node, next, llist_del_all(&free_nodes), free) {
		if (refcount_dec_and_test(&node->refs))
			kfree(node);
	}
}

static int __init lean_init(void)
{
	struct node *node;
	int i;

	for (i = 0; i < 50; i++) {
		gfp_t gfp = i % 2 ? GFP_KERNEL : GFP_KERNEL_ACCOUNT | __GFP_RETRY_MAYFAIL;

		node = kzalloc(sizeof(*node), gfp);
		if (!node) {
			tree_free();
			return -ENOMEM;
		}
		node->key = get_random_u32() % 1000;
		refcount_set(&node->refs, 1);
		__set_bit(i, node->used);
		scoped_guard(rwsem_write, &tree_sem) {
			guard(mutex)(&tree_mutex);
			rb_add(&node->rb, &tree, less);
		}
	}
	atomic_inc(&pending);
	schedule_work(&work);
	wait_event(idle, !atomic_read(&pending));
	wait_for_completion(&done);
	spin_lock(&stat_lock);
	pr_info("%llu ns on CPU %d, %s\n", div_u64(ktime_get_ns(), 3), smp_processor_id(),
		current->comm);
	spin_unlock(&stat_lock);
	return 0;
}

static void __exit lean_exit(void)
{
	flush_work(&work);
	tree_free();
}

module_init(lean_init);
module_exit(lean_exit);
MODULE_LICENSE("GPL");
