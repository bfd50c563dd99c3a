/* SPDX-License-Identifier: MIT */
/* Each way to get memory or a resource, tested: a failure is told with WARN(), and all goes on. */
#include <linux/bitmap.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/genalloc.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/list_lru.h>
#include <linux/mempool.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/percpu_counter.h>
#include <linux/platform_device.h>
#include <linux/scatterlist.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

/* The asm keeps the compiler from making one of two. */
#define MUST(what, condition) do {				\
	if (!(condition)) {					\
		WARN(1, "failed: " what "\n");			\
		asm volatile("" : : "i" (__LINE__));		\
	} } while (0)

static char text[] = "text";
static struct device *dev;

static int thread_main(void *unused)
{
	return 0;
}

static irqreturn_t on_irq(int irq, void *dev_id)
{
	return IRQ_HANDLED;
}

static void slab_families(void)
{
	struct kmem_cache *cache;
	void *p, *q, *many[4];
	int got;

	p = kmalloc(32, GFP_KERNEL);
	MUST("kmalloc", p);
	q = krealloc(p, 300, GFP_KERNEL);
	MUST("krealloc", q);
	kfree(q ? q : p);
	p = kzalloc(32, GFP_ATOMIC);
	MUST("kzalloc", p);
	kfree(p);
	p = kcalloc(4, 32, GFP_KERNEL);
	MUST("kcalloc", p);
	kfree(p);
	p = kmalloc_array(4, 32, GFP_NOWAIT);
	MUST("kmalloc_array", p);
	kfree(p);
	p = kmalloc(100000, GFP_KERNEL);
	MUST("large kmalloc", p);
	kfree(p);
	cache = kmem_cache_create("families", 40, 0, 0, NULL);
	MUST("kmem_cache_create", cache);
	if (!cache)
		return;
	p = kmem_cache_alloc(cache, GFP_KERNEL);
	MUST("kmem_cache_alloc", p);
	if (p)
		kmem_cache_free(cache, p);
	got = kmem_cache_alloc_bulk(cache, GFP_KERNEL, 4, many);
	MUST("kmem_cache_alloc_bulk", got);
	if (got)
		kmem_cache_free_bulk(cache, got, many);
	kmem_cache_destroy(cache);
}

static void text_families(void)
{
	char *p;

	p = kstrdup(text, GFP_KERNEL);
	MUST("kstrdup", p);
	kfree(p);
	p = kstrndup(text, 3, GFP_KERNEL);
	MUST("kstrndup", p);
	kfree(p);
	p = kmemdup(text, sizeof(text), GFP_KERNEL);
	MUST("kmemdup", p);
	kfree(p);
	p = kmemdup_nul(text, 2, GFP_KERNEL);
	MUST("kmemdup_nul", p);
	kfree(p);
	p = kasprintf(GFP_KERNEL, "%s-%d", text, 1);
	MUST("kasprintf", p);
	kfree(p);
	p = (char *)bitmap_zalloc(300, GFP_KERNEL);
	MUST("bitmap_zalloc", p);
	bitmap_free((unsigned long *)p);
}

static void page_families(void)
{
	struct page *page = alloc_pages(GFP_KERNEL, 1);
	unsigned long address;
	void *p;

	MUST("alloc_pages", page);
	if (page)
		__free_pages(page, 1);
	address = __get_free_page(GFP_ATOMIC);
	MUST("__get_free_page", address);
	free_page(address);
	p = alloc_pages_exact(5000, GFP_KERNEL);
	MUST("alloc_pages_exact", p);
	if (p)
		free_pages_exact(p, 5000);
	p = vmalloc(5000);
	MUST("vmalloc", p);
	vfree(p);
	p = kvmalloc(50000, GFP_KERNEL);
	MUST("kvmalloc", p);
	kvfree(p);
	p = kvcalloc(7, 1000, GFP_KERNEL);
	MUST("kvcalloc", p);
	kvfree(p);
}

static void percpu_families(void)
{
	struct percpu_counter counter;
	int __percpu *area = alloc_percpu(int);
	int error;

	MUST("alloc_percpu", area);
	free_percpu(area);
	error = percpu_counter_init(&counter, 0, GFP_KERNEL);
	MUST("percpu_counter_init", !error);
	if (!error)
		percpu_counter_destroy(&counter);
}

static void pool_families(void)
{
	mempool_t *pool = mempool_create_kmalloc_pool(2, 64);
	struct gen_pool *gen;
	unsigned long address;
	struct sg_table table;
	void *p;

	MUST("mempool_create", pool);
	if (pool) {
		p = mempool_alloc(pool, GFP_ATOMIC);
		MUST("mempool_alloc", p);
		mempool_free(p, pool);
		p = mempool_alloc(pool, GFP_KERNEL);
		MUST("mempool_alloc that waits", p);
		mempool_free(p, pool);
		mempool_destroy(pool);
	}
	gen = gen_pool_create(6, -1);
	MUST("gen_pool_create", gen);
	if (gen) {
		if (!gen_pool_add(gen, 0x10000, 4096, -1)) {
			address = gen_pool_alloc(gen, 64);
			MUST("gen_pool_alloc", address);
			if (address)
				gen_pool_free(gen, address, 64);
		} else {
			MUST("gen_pool_add", 0);
		}
		gen_pool_destroy(gen);
	}
	if (sg_alloc_table(&table, 3, GFP_KERNEL))
		MUST("sg_alloc_table", 0);
	else
		sg_free_table(&table);
}

static void dma_families(void)
{
	struct scatterlist list[2];
	struct dma_pool *pool;
	dma_addr_t dma;
	void *p, *q;

	p = dma_alloc_coherent(dev, 300, &dma, GFP_KERNEL);
	MUST("dma_alloc_coherent", p);
	if (p)
		dma_free_coherent(dev, 300, p, dma);
	pool = dma_pool_create("families", dev, 64, 8, 0);
	MUST("dma_pool_create", pool);
	if (pool) {
		p = dma_pool_alloc(pool, GFP_ATOMIC, &dma);
		MUST("dma_pool_alloc", p);
		if (p)
			dma_pool_free(pool, p, dma);
		dma_pool_destroy(pool);
	}
	p = kzalloc(64, GFP_KERNEL | __GFP_NOFAIL);
	q = kzalloc(64, GFP_KERNEL | __GFP_NOFAIL);
	dma = dma_map_single(dev, p, 64, DMA_TO_DEVICE);
	MUST("dma_map_single", !dma_mapping_error(dev, dma));
	if (!dma_mapping_error(dev, dma))
		dma_unmap_single(dev, dma, 64, DMA_TO_DEVICE);
	dma = dma_map_page(dev, virt_to_page(p), offset_in_page(p), 64, DMA_TO_DEVICE);
	MUST("dma_map_page", !dma_mapping_error(dev, dma));
	if (!dma_mapping_error(dev, dma))
		dma_unmap_page(dev, dma, 64, DMA_TO_DEVICE);
	sg_init_table(list, 2);
	sg_set_buf(&list[0], p, 64);
	sg_set_buf(&list[1], q, 64);
	if (dma_map_sg(dev, list, 2, DMA_FROM_DEVICE))
		dma_unmap_sg(dev, list, 2, DMA_FROM_DEVICE);
	else
		MUST("dma_map_sg", 0);
	kfree(q);
	kfree(p);
}

static void managed_families(void)
{
	MUST("devm_kzalloc", devm_kzalloc(dev, 32, GFP_KERNEL));
	MUST("devm_kcalloc", devm_kcalloc(dev, 3, 32, GFP_KERNEL));
	MUST("devm_kstrdup", devm_kstrdup(dev, text, GFP_KERNEL));
	MUST("devm_kasprintf", devm_kasprintf(dev, GFP_KERNEL, "%d", 4));
	MUST("devm_kmemdup", devm_kmemdup(dev, text, 3, GFP_KERNEL));
	MUST("devm_get_free_pages", devm_get_free_pages(dev, GFP_KERNEL, 0));
	MUST("devm_alloc_percpu", devm_alloc_percpu(dev, int));
	MUST("devm_request_irq", !devm_request_irq(dev, 9, on_irq, 0, "families", dev));
}

static void other_families(void)
{
	struct workqueue_struct *queue = alloc_workqueue("families", 0, 0);
	struct task_struct *task;
	struct shrinker *shrinker;
	struct list_lru lru;

	MUST("alloc_workqueue", queue);
	if (queue)
		destroy_workqueue(queue);
	queue = alloc_ordered_workqueue("ordered", 0);
	MUST("alloc_ordered_workqueue", queue);
	if (queue)
		destroy_workqueue(queue);
	task = kthread_create(thread_main, NULL, "families");
	MUST("kthread_create", !IS_ERR(task));
	if (!IS_ERR(task))
		kthread_stop(task);
	if (request_irq(8, on_irq, 0, "families", text))
		MUST("request_irq", 0);
	else
		free_irq(8, text);
	shrinker = shrinker_alloc(0, "families");
	MUST("shrinker_alloc", shrinker);
	if (shrinker)
		shrinker_free(shrinker);
	if (list_lru_init(&lru))
		MUST("list_lru_init", 0);
	else
		list_lru_destroy(&lru);
}

static int __init families_init(void)
{
	struct platform_device *device = platform_device_alloc("families", -1);

	MUST("platform_device_alloc", device);
	if (!device)
		return 0;
	if (platform_device_add(device)) {
		platform_device_put(device);
		return 0;
	}
	dev = &device->dev;
	if (dma_set_mask_and_coherent(dev, DMA_BIT_MASK(64)))
		pr_err("no mask\n");
	slab_families();
	text_families();
	page_families();
	percpu_families();
	pool_families();
	dma_families();
	managed_families();
	other_families();
	platform_device_unregister(device);
	return 0;
}

static void __exit families_exit(void)
{
}

module_init(families_init);
module_exit(families_exit);
MODULE_LICENSE("GPL");
