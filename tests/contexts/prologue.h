/* SPDX-License-Identifier: MIT */
/* prologue.h - the objects that the rows of calls.py use, from t_setup() to t_clean() */
#include <linux/module.h>
#include <linux/bitmap.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/genalloc.h>
#include <linux/highmem.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irq_work.h>
#include <linux/kthread.h>
#include <linux/list_lru.h>
#include <linux/local_lock.h>
#include <linux/mempool.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/oom.h>
#include <linux/percpu.h>
#include <linux/percpu_counter.h>
#include <linux/platform_device.h>
#include <linux/random.h>
#include <linux/reboot.h>
#include <linux/rwsem.h>
#include <linux/scatterlist.h>
#include <linux/semaphore.h>
#include <linux/seqlock.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/srcu.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <linux/wait_bit.h>
#include <linux/workqueue.h>
#include <linux/bit_spinlock.h>
#include <linux/cleanup.h>

/* Of a cache that one call makes: a name that another has is a WARN. */
struct t_own { u64 word; };

struct t_item {
	struct rcu_head rcu;
	int value;
};

static DEFINE_MUTEX(t_mutex);
static DECLARE_RWSEM(t_rwsem);
static DEFINE_SEMAPHORE(t_sem, 1);
static DECLARE_WAIT_QUEUE_HEAD(t_wait);
static DECLARE_COMPLETION(t_done);
static DECLARE_COMPLETION(t_late);
static DEFINE_SRCU(t_srcu);
static struct srcu_struct t_srcu_new;
static DEFINE_SPINLOCK(t_lock);
static DEFINE_RAW_SPINLOCK(t_raw);
static DEFINE_SPINLOCK(t_inner);
static DEFINE_RWLOCK(t_rw);
static DEFINE_RWLOCK(t_inner_rw);
static DEFINE_SEQLOCK(t_seq);
static seqcount_t t_seqcount = SEQCNT_ZERO(t_seqcount);
static DEFINE_PER_CPU(local_lock_t, t_local) = INIT_LOCAL_LOCK(t_local);
static DEFINE_PER_CPU(int, t_var);
static unsigned long t_word, t_bit_lock, t_irq_flags;
static int t_count;
static char t_bytes[64], t_user_bytes[64];
static u8 t_byte;
static struct workqueue_struct *t_queue;
static struct kthread_worker *t_worker;
static void t_worker_fn(struct kthread_work *work) { }
static DEFINE_KTHREAD_WORK(t_kthread_work, t_worker_fn);
static struct kmem_cache *t_cache;
static struct page *t_page;
static mempool_t *t_pool;
static struct percpu_counter t_counter, t_ready;
static struct list_lru t_lru, t_lru_ready;
static struct gen_pool *t_gen, *t_gen_ready;
static struct sg_table t_sg;
static struct scatterlist t_one;
static struct platform_device *t_pdev;
static struct device *t_dev, *t_device;
static dma_addr_t t_dma;
static struct dma_pool *t_dma_pool;
static struct shrinker *t_shrinker;
static struct t_item *t_item_last;
static refcount_t t_refs = REFCOUNT_INIT(1);
static atomic_t t_atom;

static bool t_true(void) { return READ_ONCE(t_count) >= 0; }
static bool t_false(void) { return !t_true(); }
static int t_thread(void *data)
{
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}
static irqreturn_t t_handler(int irq, void *dev) { return IRQ_HANDLED; }
static void t_work_fn(struct work_struct *work) { t_count++; }
static void t_timer_fn(struct timer_list *timer) { t_count++; }
static enum hrtimer_restart t_hrtimer_fn(struct hrtimer *timer) { return HRTIMER_NORESTART; }
static void t_tasklet_fn(struct tasklet_struct *tasklet) { t_count++; }
static void t_irq_work_fn(struct irq_work *work) { t_count++; }
static int t_block_fn(struct notifier_block *block, unsigned long action, void *data)
{
	return NOTIFY_OK;
}
static void t_item_end(struct rcu_head *head) { kfree(container_of(head, struct t_item, rcu)); }
static void t_device_release(struct device *dev) { }
static unsigned long t_shrink_count(struct shrinker *s, struct shrink_control *sc) { return 0; }
static unsigned long t_shrink_scan(struct shrinker *s, struct shrink_control *sc)
{
	return SHRINK_STOP;
}

static DECLARE_WORK(t_work, t_work_fn);
static DECLARE_WORK(t_late_work, t_work_fn);
static DECLARE_DELAYED_WORK(t_delayed, t_work_fn);
static DECLARE_TASKLET(t_tasklet, t_tasklet_fn);
static DECLARE_TASKLET(t_late_tasklet, t_tasklet_fn);
static struct irq_work t_irq_work = IRQ_WORK_INIT(t_irq_work_fn);
static struct timer_list t_timer, t_safe_timer;
static struct hrtimer t_hrtimer;
static struct notifier_block t_block = { .notifier_call = t_block_fn };
static struct notifier_block t_block_two = { .notifier_call = t_block_fn };
static BLOCKING_NOTIFIER_HEAD(t_chain);
static BLOCKING_NOTIFIER_HEAD(t_chain_one);
static ATOMIC_NOTIFIER_HEAD(t_atomic);
static struct platform_driver t_driver = { .driver = { .name = "t-driver" } };

/* Things of which a row uses one up: made ready in task context. */
#define T_SPARES 40
static void *t_areas[T_SPARES];
static struct kmem_cache *t_caches[T_SPARES];
static mempool_t *t_pools[T_SPARES];
static struct dma_pool *t_dma_pools[T_SPARES];
static struct shrinker *t_shrinkers[T_SPARES], *t_shrinkers_new[T_SPARES];
static struct workqueue_struct *t_queues[T_SPARES];
static struct device *t_devices[T_SPARES];
static void *t_coherents[T_SPARES];
static dma_addr_t t_coherent_dma[T_SPARES];
static int t_turn;		/* which context it is: the spares' index */

static void *t_spare_area(void) { return no_free_ptr(t_areas[t_turn]); }
static struct kmem_cache *t_spare_cache(void) { return no_free_ptr(t_caches[t_turn]); }
static mempool_t *t_spare_pool(void) { return no_free_ptr(t_pools[t_turn]); }
static struct dma_pool *t_spare_dma_pool(void) { return no_free_ptr(t_dma_pools[t_turn]); }
static struct shrinker *t_shrinker_spare(void) { return no_free_ptr(t_shrinkers[t_turn]); }
static struct shrinker *t_shrinker_take(void) { return no_free_ptr(t_shrinkers_new[t_turn]); }
static void *alloc_late(int unused) { return no_free_ptr(t_queues[t_turn]); }
static void *t_coherent_new(void)
{
	return no_free_ptr(t_coherents[t_turn]);
}

static struct device *t_device_new(void)
{
	t_device = kzalloc(sizeof(*t_device), GFP_ATOMIC);
	t_device->release = t_device_release;
	t_device->init_name = "t-device";
	return t_device;
}

static struct device *t_device_registered(void)
{
	t_device = no_free_ptr(t_devices[t_turn]);
	return t_device;
}

static void t_shrinker_new(void)
{
	t_shrinker = t_shrinker_take();
	t_shrinker->count_objects = t_shrink_count;
	t_shrinker->scan_objects = t_shrink_scan;
}

static void *t_gen_base;
static struct gen_pool *t_gen_new(void) { return t_gen; }
static void __user *t_user(void) { return (void __user *)t_user_bytes; }
static void t_item_atomic(void) { t_item_last = kmalloc(sizeof(*t_item_last), GFP_ATOMIC); }
static void t_free_real(void *p) { if (!IS_ERR_OR_NULL(p)) kvfree(p); }
static void t_irq_again(unsigned int irq)
{
	t_count += request_irq(irq, t_handler, 0, "t", &t_word);
}

/* Macros, so that the call stands on the row's own line. */
#define t_wait_woken()								\
	do {									\
		DEFINE_WAIT_FUNC(wait__, woken_wake_function);			\
		wait__.flags |= WQ_FLAG_WOKEN;					\
		wait_woken(&wait__, TASK_INTERRUPTIBLE, 1);			\
	} while (0)
#define t_hrtimeout()								\
	do {									\
		ktime_t limit__ = 1000;						\
		set_current_state(TASK_INTERRUPTIBLE);				\
		schedule_hrtimeout(&limit__, HRTIMER_MODE_REL);			\
	} while (0)

static void t_map_unmap(void)
{
	dma_addr_t at = dma_map_single(t_dev, t_gen_base, 64, DMA_TO_DEVICE);

	if (!dma_mapping_error(t_dev, at))
		dma_unmap_single(t_dev, at, 64, DMA_TO_DEVICE);
}

static void t_spares(int turn)
{
	char name[24];

	t_areas[turn] = vmalloc(8);
	snprintf(name, sizeof(name), "t-cache-%d", turn);
	t_caches[turn] = kmem_cache_create(name, 40, 0, 0, NULL);
	t_pools[turn] = mempool_create_kmalloc_pool(1, 8);
	t_dma_pools[turn] = dma_pool_create("t-spare", t_dev, 16, 8, 0);
	t_shrinkers[turn] = shrinker_alloc(0, "t");
	t_shrinkers_new[turn] = shrinker_alloc(0, "t");
	t_queues[turn] = alloc_workqueue("t-%d", 0, 0, turn);
	t_devices[turn] = kzalloc(sizeof(struct device), GFP_KERNEL);
	t_devices[turn]->release = t_device_release;
	device_initialize(t_devices[turn]);
	t_count += dev_set_name(t_devices[turn], "t-spare-%d", turn);
	t_count += device_add(t_devices[turn]);
	t_coherents[turn] = dma_alloc_coherent(t_dev, 8, &t_coherent_dma[turn], GFP_KERNEL);
}

/* What no row of this run has used up. */
static void t_spares_end(int turn)
{
	vfree(t_areas[turn]);
	kmem_cache_destroy(t_caches[turn]);
	mempool_destroy(t_pools[turn]);
	dma_pool_destroy(t_dma_pools[turn]);
	shrinker_free(t_shrinkers[turn]);
	shrinker_free(t_shrinkers_new[turn]);
	if (t_queues[turn])
		destroy_workqueue(t_queues[turn]);
	if (t_devices[turn]) {
		device_unregister(t_devices[turn]);
		kfree(t_devices[turn]);
	}
	if (t_coherents[turn])
		dma_free_coherent(t_dev, 8, t_coherents[turn], t_coherent_dma[turn]);
}

static void t_setup(void)
{
	complete_all(&t_done);
	t_queue = alloc_workqueue("t-queue", 0, 0);
	t_worker = kthread_create_worker(0, "t-worker");
	t_cache = KMEM_CACHE(t_item, 0);
	t_page = alloc_page(GFP_KERNEL);
	t_pool = mempool_create_kmalloc_pool(2, 16);
	t_pdev = platform_device_register_simple("t-pdev", -1, NULL, 0);
	t_dev = &t_pdev->dev;
	t_count += dma_set_mask_and_coherent(t_dev, DMA_BIT_MASK(32));
	t_dma_pool = dma_pool_create("t-pool", t_dev, 32, 8, 0);
	t_count += percpu_counter_init(&t_ready, 0, GFP_KERNEL);
	t_count += list_lru_init(&t_lru_ready);
	t_gen_base = (void *)__get_free_page(GFP_KERNEL);
	t_gen_ready = gen_pool_create(3, -1);
	t_count += gen_pool_add(t_gen_ready, (unsigned long)t_gen_base, 4096, -1);
	timer_setup(&t_timer, t_timer_fn, 0);
	timer_setup(&t_safe_timer, t_timer_fn, TIMER_IRQSAFE);
	hrtimer_init(&t_hrtimer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	t_hrtimer.function = t_hrtimer_fn;
	t_irq_again(6);
	t_irq_again(7);
	blocking_notifier_chain_register(&t_chain_one, &t_block_two);
	atomic_notifier_chain_register(&t_atomic, &t_block);
}

static void t_clean(void)
{
	flush_work(&t_late_work);
	timer_delete_sync(&t_timer);
	hrtimer_cancel(&t_hrtimer);
	tasklet_kill(&t_tasklet);
	tasklet_kill(&t_late_tasklet);
	rcu_barrier();
	free_irq(6, &t_word);
	free_irq(7, &t_word);
	if (t_gen)
		gen_pool_destroy(t_gen);
	gen_pool_destroy(t_gen_ready);
	free_page((unsigned long)t_gen_base);
	list_lru_destroy(&t_lru_ready);
	percpu_counter_destroy(&t_ready);
	dma_pool_destroy(t_dma_pool);
	platform_device_unregister(t_pdev);
	mempool_destroy(t_pool);
	__free_page(t_page);
	kmem_cache_destroy(t_cache);
	kthread_destroy_worker(t_worker);
	destroy_workqueue(t_queue);
	cleanup_srcu_struct(&t_srcu);
}
