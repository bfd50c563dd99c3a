# SPDX-License-Identifier: MIT
"""calls.py: every call of the headers that may sleep, and many that may not: (name, call, undo).

K is a void * of the row's own that the undo finds again; it runs later, in task context.  The objects that calls use are
those of prologue.h.
"""
import re

SLEEPS = """
mutex_lock | mutex_lock(&t_mutex); mutex_unlock(&t_mutex) |
mutex_lock_interruptible | (void)!mutex_lock_interruptible(&t_mutex); mutex_unlock(&t_mutex) |
mutex_lock_killable | (void)!mutex_lock_killable(&t_mutex); mutex_unlock(&t_mutex) |
mutex_lock_io | mutex_lock_io(&t_mutex); mutex_unlock(&t_mutex) |
mutex_lock | mutex_lock_nested(&t_mutex, 1); mutex_unlock(&t_mutex) |
mutex_lock | scoped_guard(mutex, &t_mutex) t_count++ |
down_read | down_read(&t_rwsem); up_read(&t_rwsem) |
down_read_interruptible | (void)!down_read_interruptible(&t_rwsem); up_read(&t_rwsem) |
down_read_killable | (void)!down_read_killable(&t_rwsem); up_read(&t_rwsem) |
down_write | down_write(&t_rwsem); up_write(&t_rwsem) |
down_write_killable | (void)!down_write_killable(&t_rwsem); up_write(&t_rwsem) |
down_write | scoped_guard(rwsem_write, &t_rwsem) t_count++ |
down | down(&t_sem); up(&t_sem) |
down_interruptible | (void)!down_interruptible(&t_sem); up(&t_sem) |
down_killable | (void)!down_killable(&t_sem); up(&t_sem) |
down_timeout | (void)!down_timeout(&t_sem, 1); up(&t_sem) |
wait_event | wait_event(t_wait, true) |
io_wait_event | io_wait_event(t_wait, true) |
wait_event_exclusive | wait_event_exclusive(t_wait, true) |
wait_event_freezable | (void)wait_event_freezable(t_wait, true) |
wait_event_timeout | (void)wait_event_timeout(t_wait, true, 1) |
wait_event_timeout | (void)wait_event_timeout(t_wait, false, 1) |
wait_event_freezable_timeout | (void)wait_event_freezable_timeout(t_wait, true, 1) |
wait_event_interruptible | (void)wait_event_interruptible(t_wait, true) |
wait_event_interruptible_timeout | (void)wait_event_interruptible_timeout(t_wait, true, 1) |
wait_event_hrtimeout | (void)wait_event_hrtimeout(t_wait, true, 1000) |
wait_event_interruptible_hrtimeout | (void)wait_event_interruptible_hrtimeout(t_wait, true, 1000) |
wait_event_interruptible_exclusive | (void)wait_event_interruptible_exclusive(t_wait, true) |
wait_event_killable | (void)wait_event_killable(t_wait, true) |
wait_event_killable_exclusive | (void)wait_event_killable_exclusive(t_wait, true) |
wait_event_killable_timeout | (void)wait_event_killable_timeout(t_wait, true, 1) |
wait_event_state | (void)wait_event_state(t_wait, true, TASK_IDLE) |
wait_event_idle | wait_event_idle(t_wait, true) |
wait_event_idle_exclusive | wait_event_idle_exclusive(t_wait, true) |
wait_event_idle_timeout | (void)wait_event_idle_timeout(t_wait, true, 1) |
wait_on_bit | (void)wait_on_bit(&t_word, 3, TASK_UNINTERRUPTIBLE) |
wait_on_bit_timeout | (void)wait_on_bit_timeout(&t_word, 3, TASK_UNINTERRUPTIBLE, 5) |
wait_on_bit_lock | (void)wait_on_bit_lock(&t_word, 4, TASK_UNINTERRUPTIBLE) | clear_and_wake_up_bit(4, &t_word)
wait_var_event | wait_var_event(&t_word, true) |
wait_for_completion | wait_for_completion(&t_done) |
wait_for_completion_io | wait_for_completion_io(&t_done) |
wait_for_completion_interruptible | (void)!wait_for_completion_interruptible(&t_done) |
wait_for_completion_killable | (void)!wait_for_completion_killable(&t_done) |
wait_for_completion_state | (void)!wait_for_completion_state(&t_done, TASK_IDLE) |
wait_for_completion_timeout | (void)wait_for_completion_timeout(&t_done, 1) |
wait_for_completion_io_timeout | (void)wait_for_completion_io_timeout(&t_done, 1) |
wait_for_completion_interruptible_timeout | (void)!wait_for_completion_interruptible_timeout(&t_done, 1) |
wait_for_completion_killable_timeout | (void)!wait_for_completion_killable_timeout(&t_done, 1) |
wait_woken | t_wait_woken() |
msleep | msleep(1) |
msleep_interruptible | (void)msleep_interruptible(1) |
ssleep | ssleep(1) |
usleep_range | usleep_range(10, 20) |
usleep_range | usleep_range_idle(10, 20) |
fsleep | fsleep(50) |
fsleep | fsleep(500) |
schedule | schedule() |
schedule | io_schedule() |
schedule | (void)schedule_timeout(1) |
schedule | (void)schedule_timeout_interruptible(1) |
schedule | (void)schedule_timeout_killable(1) |
schedule | (void)schedule_timeout_uninterruptible(1) |
schedule | (void)schedule_timeout_idle(1) |
schedule | (void)io_schedule_timeout(1) |
schedule | t_hrtimeout() |
yield | yield() |
cond_resched | cond_resched() |
might_sleep | might_sleep() |
might_sleep | might_sleep_if(t_true()) |
might_fault | might_fault() |
synchronize_rcu | synchronize_rcu() |
synchronize_rcu_expedited | synchronize_rcu_expedited() |
rcu_barrier | rcu_barrier() |
cond_synchronize_rcu | cond_synchronize_rcu(0) |
synchronize_srcu | synchronize_srcu(&t_srcu) |
synchronize_srcu_expedited | synchronize_srcu_expedited(&t_srcu) |
srcu_barrier | srcu_barrier(&t_srcu) |
synchronize_rcu | kvfree_rcu_mightsleep(kmalloc(8, GFP_ATOMIC)) |
synchronize_rcu | kfree_rcu_mightsleep(kmalloc(8, GFP_ATOMIC)) |
flush_work | (void)flush_work(&t_work) |
cancel_work_sync | (void)cancel_work_sync(&t_work) |
flush_delayed_work | (void)flush_delayed_work(&t_delayed) |
cancel_delayed_work_sync | (void)cancel_delayed_work_sync(&t_delayed) |
disable_work_sync | (void)disable_work_sync(&t_work) | enable_work(&t_work)
flush_workqueue | flush_workqueue(t_queue) |
kthread_flush_worker | kthread_flush_worker(t_worker) |
kthread_flush_work | kthread_flush_work(&t_kthread_work) |
kthread_cancel_work_sync | (void)kthread_cancel_work_sync(&t_kthread_work) |
drain_workqueue | drain_workqueue(t_queue) |
alloc_workqueue | K = alloc_workqueue("row", 0, 0) | destroy_workqueue(K)
alloc_workqueue | K = alloc_ordered_workqueue("row", 0) | destroy_workqueue(K)
alloc_workqueue | K = create_singlethread_workqueue("row") | destroy_workqueue(K)
destroy_workqueue | K = alloc_late(0); destroy_workqueue(K) |
tasklet_kill | tasklet_kill(&t_tasklet) |
tasklet_disable | tasklet_disable(&t_tasklet) | tasklet_enable(&t_tasklet)
kthread_create | K = kthread_create(t_thread, NULL, "row") | kthread_stop(K)
kthread_create | K = kthread_run(t_thread, NULL, "row") | kthread_stop(K)
request_irq | K = (void *)(long)request_irq(4, t_handler, 0, "row", &t_word) | free_irq(4, &t_word)
request_irq | K = (void *)(long)request_threaded_irq(5, NULL, t_handler, IRQF_ONESHOT, "row", &t_word) | free_irq(5, &t_word)
free_irq | free_irq(6, &t_word) | t_irq_again(6)
disable_irq | disable_irq(7) | enable_irq(7)
synchronize_irq | synchronize_irq(7) |
irq_work_sync | irq_work_sync(&t_irq_work) |
kmalloc | K = kmalloc(8, GFP_KERNEL) | kfree(K)
kzalloc | K = kzalloc(8, GFP_KERNEL) | kfree(K)
kmalloc | K = kmalloc(8, GFP_NOIO) | kfree(K)
kmalloc | K = kmalloc(8, GFP_NOFS) | kfree(K)
kmalloc | K = kmalloc(8, GFP_USER) | kfree(K)
kmalloc | K = kmalloc(8, GFP_KERNEL_ACCOUNT) | kfree(K)
kmalloc | K = kmalloc(20000, GFP_KERNEL) | kfree(K)
kmalloc | K = kmalloc(8, GFP_ATOMIC|__GFP_DIRECT_RECLAIM) | kfree(K)
kmalloc_array | K = kmalloc_array(3, 8, GFP_KERNEL) | kfree(K)
kcalloc | K = kcalloc(3, 8, GFP_KERNEL) | kfree(K)
kmalloc_node | K = kmalloc_node(8, GFP_KERNEL, 0) | kfree(K)
krealloc | K = krealloc(NULL, 8, GFP_KERNEL) | kfree(K)
krealloc_array | K = krealloc_array(NULL, 2, 8, GFP_KERNEL) | kfree(K)
kvmalloc | K = kvmalloc(8, GFP_KERNEL) | kvfree(K)
kvzalloc | K = kvzalloc(8, GFP_KERNEL) | kvfree(K)
kvcalloc | K = kvcalloc(2, 8, GFP_KERNEL) | kvfree(K)
kvrealloc | K = kvrealloc(NULL, 8, GFP_KERNEL) | kvfree(K)
kmemdup | K = kmemdup("row", 4, GFP_KERNEL) | kfree(K)
kstrdup | K = kstrdup("row", GFP_KERNEL) | kfree(K)
kstrndup | K = kstrndup("row", 2, GFP_KERNEL) | kfree(K)
kmemdup_nul | K = kmemdup_nul("row", 2, GFP_KERNEL) | kfree(K)
kasprintf | K = kasprintf(GFP_KERNEL, "%d", 3) | kfree(K)
kvmemdup | K = kvmemdup("row", 4, GFP_KERNEL) | kvfree(K)
memdup_user | K = memdup_user(t_user(), 8) | t_free_real(K)
vmemdup_user | K = vmemdup_user(t_user(), 8) | t_free_real(K)
memdup_user_nul | K = memdup_user_nul(t_user(), 8) | t_free_real(K)
strnlen_user | K = strndup_user(t_user(), 8) | t_free_real(K)
copy_from_user | (void)!copy_from_user(t_bytes, t_user(), 8) |
copy_to_user | (void)!copy_to_user(t_user(), t_bytes, 8) |
clear_user | (void)!clear_user(t_user(), 8) |
get_user | (void)get_user(t_byte, (u8 __user *)t_user()) |
put_user | (void)put_user(0, (u8 __user *)t_user()) |
strncpy_from_user | (void)!strncpy_from_user(t_bytes, t_user(), 8) |
strnlen_user | (void)!strnlen_user(t_user(), 8) |
kmem_cache_create | K = kmem_cache_create("row", 24, 0, 0, NULL) | kmem_cache_destroy(K)
kmem_cache_create | K = KMEM_CACHE(t_own, 0) | kmem_cache_destroy(K)
kmem_cache_shrink | kmem_cache_shrink(t_cache) |
kmem_cache_destroy | kmem_cache_destroy(t_spare_cache()) |
kmem_cache_alloc | K = kmem_cache_alloc(t_cache, GFP_KERNEL) | kmem_cache_free(t_cache, K)
kmem_cache_zalloc | K = kmem_cache_zalloc(t_cache, GFP_KERNEL) | kmem_cache_free(t_cache, K)
kmem_cache_alloc_node | K = kmem_cache_alloc_node(t_cache, GFP_KERNEL, 0) | kmem_cache_free(t_cache, K)
kmem_cache_alloc_bulk | (void)!kmem_cache_alloc_bulk(t_cache, GFP_KERNEL, 1, &K) | kmem_cache_free_bulk(t_cache, 1, &K)
alloc_pages | K = alloc_pages(GFP_KERNEL, 1) | __free_pages(K, 1)
alloc_pages | K = alloc_page(GFP_HIGHUSER) | __free_page(K)
__get_free_pages | K = (void *)__get_free_pages(GFP_KERNEL, 1) | free_pages((unsigned long)K, 1)
get_zeroed_page | K = (void *)get_zeroed_page(GFP_KERNEL) | free_page((unsigned long)K)
alloc_pages_exact | K = alloc_pages_exact(5000, GFP_KERNEL) | free_pages_exact(K, 5000)
folio_alloc | K = folio_alloc(GFP_KERNEL, 0) | folio_put(K)
vmalloc | K = vmalloc(8) | vfree(K)
vzalloc | K = vzalloc(8) | vfree(K)
vmalloc_user | K = vmalloc_user(8) | vfree(K)
vmalloc_32 | K = vmalloc_32(8) | vfree(K)
__vmalloc | K = __vmalloc(8, GFP_KERNEL) | vfree(K)
vmap | K = vmap(&t_page, 1, VM_MAP, PAGE_KERNEL) | vunmap(K)
ioremap | K = ioremap(0x1000, 16) | iounmap(K)
mempool_create | K = mempool_create_kmalloc_pool(1, 8) | mempool_destroy(K)
mempool_resize | (void)!mempool_resize(t_pool, 3) |
mempool_alloc | K = mempool_alloc(t_pool, GFP_KERNEL) | mempool_free(K, t_pool)
mempool_alloc | K = mempool_alloc(t_pool, GFP_NOIO) | mempool_free(K, t_pool)
mempool_destroy | mempool_destroy(t_spare_pool()) |
alloc_percpu | K = (__force void *)alloc_percpu(u64) | free_percpu((__force void __percpu *)K)
alloc_percpu | K = (__force void *)alloc_percpu_gfp(u64, GFP_KERNEL) | free_percpu((__force void __percpu *)K)
alloc_percpu | (void)!percpu_counter_init(&t_counter, 0, GFP_KERNEL) | percpu_counter_destroy(&t_counter)
list_lru_init | (void)!list_lru_init(&t_lru) | list_lru_destroy(&t_lru)
gen_pool_create | K = gen_pool_create(3, -1) | gen_pool_destroy(K)
gen_pool_add | (void)!gen_pool_add(t_gen_new(), 4096, 4096, -1) | gen_pool_destroy(t_gen); t_gen = NULL
bitmap_zalloc | K = bitmap_zalloc(100, GFP_KERNEL) | bitmap_free(K)
sg_alloc_table | (void)!sg_alloc_table(&t_sg, 2, GFP_KERNEL) | sg_free_table(&t_sg)
dma_alloc_coherent | K = dma_alloc_coherent(t_dev, 8, &t_dma, GFP_KERNEL) | dma_free_coherent(t_dev, 8, K, t_dma)
dma_alloc_wc | K = dma_alloc_wc(t_dev, 8, &t_dma, GFP_KERNEL) | dma_free_wc(t_dev, 8, K, t_dma)
dma_pool_create | K = dma_pool_create("row", t_dev, 32, 8, 0) | dma_pool_destroy(K)
dma_pool_alloc | K = dma_pool_alloc(t_dma_pool, GFP_KERNEL, &t_dma) | dma_pool_free(t_dma_pool, K, t_dma)
dma_pool_destroy | dma_pool_destroy(t_spare_dma_pool()) |
devm_kzalloc | K = devm_kzalloc(t_dev, 8, GFP_KERNEL) | devm_kfree(t_dev, K)
devm_kmalloc | K = devm_kmalloc(t_dev, 8, GFP_KERNEL) | devm_kfree(t_dev, K)
devm_kcalloc | K = devm_kcalloc(t_dev, 2, 8, GFP_KERNEL) | devm_kfree(t_dev, K)
devm_kstrdup | K = devm_kstrdup(t_dev, "row", GFP_KERNEL) | devm_kfree(t_dev, K)
devm_kmemdup | K = devm_kmemdup(t_dev, "row", 4, GFP_KERNEL) | devm_kfree(t_dev, K)
devm_kasprintf | K = devm_kasprintf(t_dev, GFP_KERNEL, "row") | devm_kfree(t_dev, K)
request_irq | (void)!devm_request_irq(t_dev, 8, t_handler, 0, "row", &t_word) | devm_free_irq(t_dev, 8, &t_word)
alloc_percpu | K = (__force void *)devm_alloc_percpu(t_dev, u64) | devm_free_percpu(t_dev, (__force void __percpu *)K)
device_register | (void)!device_register(t_device_new()) | device_unregister(t_device); kfree(t_device)
device_unregister | device_unregister(t_device_registered()) | kfree(t_device)
mutex_lock | device_lock(t_dev); device_unlock(t_dev) |
platform_device_register_full | K = platform_device_register_simple("row", -1, NULL, 0) | platform_device_unregister(K)
driver_register | (void)!platform_driver_register(&t_driver) | platform_driver_unregister(&t_driver)
shrinker_alloc | K = shrinker_alloc(0, "row") | shrinker_free(K)
shrinker_register | t_shrinker_new(); shrinker_register(t_shrinker) | shrinker_free(t_shrinker)
shrinker_free | shrinker_free(t_shrinker_spare()) |
blocking_notifier_chain_register | (void)blocking_notifier_chain_register(&t_chain, &t_block) | blocking_notifier_chain_unregister(&t_chain, &t_block)
blocking_notifier_call_chain | (void)blocking_notifier_call_chain(&t_chain_one, 0, NULL) |
atomic_notifier_chain_unregister | (void)atomic_notifier_chain_unregister(&t_atomic, &t_block) | atomic_notifier_chain_register(&t_atomic, &t_block)
register_reboot_notifier | (void)register_reboot_notifier(&t_block) | unregister_reboot_notifier(&t_block)
register_oom_notifier | (void)register_oom_notifier(&t_block) | unregister_oom_notifier(&t_block)
kmap | K = kmap(t_page) | kunmap(t_page)
init_srcu_struct | (void)!init_srcu_struct(&t_srcu_new) | cleanup_srcu_struct(&t_srcu_new)
"""

# Fine anywhere: in every context of the table, interrupts included.
FINE = """
kmalloc | K = kmalloc(8, GFP_ATOMIC) | kfree(K)
kmalloc | K = kmalloc(8, GFP_NOWAIT) | kfree(K)
kmalloc | K = kmalloc(20000, GFP_ATOMIC|__GFP_NOWARN) | kfree(K)
kzalloc | K = kzalloc(8, GFP_ATOMIC|__GFP_DMA) | kfree(K)
krealloc | K = krealloc(NULL, 8, GFP_ATOMIC) | kfree(K)
kasprintf | K = kasprintf(GFP_ATOMIC, "%d", 3) | kfree(K)
kfree | kfree(kmalloc(8, GFP_ATOMIC)) |
kfree_sensitive | kfree_sensitive(kmalloc(8, GFP_ATOMIC)) |
kmem_cache_alloc | K = kmem_cache_alloc(t_cache, GFP_ATOMIC) | kmem_cache_free(t_cache, K)
kmem_cache_free | kmem_cache_free(t_cache, kmem_cache_alloc(t_cache, GFP_NOWAIT)) |
alloc_pages | K = alloc_pages(GFP_ATOMIC, 1) | __free_pages(K, 1)
mempool_alloc | K = mempool_alloc(t_pool, GFP_ATOMIC) | mempool_free(K, t_pool)
mempool_free | mempool_free(mempool_alloc(t_pool, GFP_NOWAIT), t_pool) |
alloc_percpu | K = (__force void *)alloc_percpu_gfp(u64, GFP_ATOMIC) | free_percpu((__force void __percpu *)K)
free_percpu | free_percpu(alloc_percpu_gfp(u64, GFP_NOWAIT)) |
dma_pool_alloc | K = dma_pool_alloc(t_dma_pool, GFP_ATOMIC, &t_dma) | dma_pool_free(t_dma_pool, K, t_dma)
dma_alloc_coherent | K = dma_alloc_coherent(t_dev, 8, &t_dma, GFP_ATOMIC) | dma_free_coherent(t_dev, 8, K, t_dma)
devm_kzalloc | K = devm_kzalloc(t_dev, 8, GFP_ATOMIC) | devm_kfree(t_dev, K)
vfree_atomic | vfree_atomic(t_spare_area()) |
spin_lock | spin_lock(&t_inner); spin_unlock(&t_inner) |
read_lock | read_lock(&t_inner_rw); read_unlock(&t_inner_rw) |
rcu_read_lock | rcu_read_lock(); rcu_read_unlock() |
srcu_read_lock | K = (void *)(long)srcu_read_lock(&t_srcu); srcu_read_unlock(&t_srcu, (long)K) |
wake_up | wake_up(&t_wait) |
wake_up_interruptible_all | wake_up_interruptible_all(&t_wait) |
complete | complete(&t_late) |
complete_all | complete_all(&t_late) |
try_wait_for_completion | (void)!try_wait_for_completion(&t_late) |
up | up(&t_sem); (void)!down_trylock(&t_sem) |
queue_work | queue_work(t_queue, &t_late_work) | flush_work(&t_late_work)
kthread_queue_work | kthread_queue_work(t_worker, &t_kthread_work) | kthread_flush_work(&t_kthread_work)
schedule_work | schedule_work(&t_late_work) | flush_work(&t_late_work)
schedule_delayed_work | schedule_delayed_work(&t_delayed, 1) | cancel_delayed_work_sync(&t_delayed)
mod_delayed_work | mod_delayed_work(t_queue, &t_delayed, 2) | cancel_delayed_work_sync(&t_delayed)
cancel_delayed_work | cancel_delayed_work(&t_delayed) |
cancel_work | cancel_work(&t_work) |
mod_timer | mod_timer(&t_timer, jiffies + 1) | timer_delete_sync(&t_timer)
timer_delete | timer_delete(&t_timer) |
try_to_del_timer_sync | try_to_del_timer_sync(&t_timer) |
hrtimer_start | hrtimer_start(&t_hrtimer, 1000, HRTIMER_MODE_REL) | hrtimer_cancel(&t_hrtimer)
hrtimer_try_to_cancel | hrtimer_try_to_cancel(&t_hrtimer) |
hrtimer_cancel | hrtimer_cancel(&t_hrtimer) |
tasklet_schedule | tasklet_schedule(&t_late_tasklet) | tasklet_kill(&t_late_tasklet)
tasklet_disable_nosync | tasklet_disable_nosync(&t_late_tasklet) | tasklet_enable(&t_late_tasklet)
irq_work_queue | irq_work_queue(&t_irq_work) |
disable_irq_nosync | disable_irq_nosync(7) | enable_irq(7)
disable_hardirq | disable_hardirq(7) | enable_irq(7)
kfree_rcu | t_item_atomic(); kfree_rcu(t_item_last, rcu) |
call_rcu | t_item_atomic(); call_rcu(&t_item_last->rcu, t_item_end) |
pr_info | pr_info_ratelimited("row\\n") |
dev_dbg | dev_dbg(t_dev, "row\\n") |
udelay | udelay(1) |
mdelay | mdelay(1) |
ktime_get | (void)ktime_get() |
get_random_u32 | (void)get_random_u32() |
refcount_inc | refcount_set(&t_refs, 1) |
kmap_local_page | K = kmap_local_page(t_page); kunmap_local(K) |
atomic_notifier_call_chain | atomic_notifier_call_chain(&t_atomic, 0, NULL) |
atomic_dec_and_lock | atomic_set(&t_atom, 2); (void)atomic_dec_and_lock(&t_atom, &t_inner) |
dma_map_single | t_map_unmap() |
percpu_counter_add | percpu_counter_add(&t_ready, 3) |
gen_pool_alloc | K = (void *)gen_pool_alloc(t_gen_ready, 8); gen_pool_free(t_gen_ready, (unsigned long)K, 8) |
get_device | put_device(get_device(t_dev)) |
sg_init_one | sg_init_one(&t_one, t_bytes, 8) |
in_atomic | t_true(); (void)in_atomic() |
copy_from_user | pagefault_disable(); (void)!copy_from_user(t_bytes, t_user(), 8); pagefault_enable() |
"""

# (name, call, undo, contexts in which it is a break): the rest are fine.
SOME = """
timer_delete_sync | del_timer_sync(&t_timer) | | hardirq
timer_delete_sync | timer_delete_sync(&t_timer) | | hardirq
timer_shutdown_sync | timer_shutdown_sync(&t_timer) | timer_setup(&t_timer, t_timer_fn, 0) | hardirq
del_timer_sync | del_timer_sync(&t_safe_timer) | |
mutex_trylock | (void)mutex_trylock(&t_mutex); mutex_unlock(&t_mutex) | | hardirq softirq
vfree | vfree(t_spare_area()) | | spin preempt rcu
kvfree | kvfree(kmalloc(8, GFP_ATOMIC)) | |
kvfree | kvfree(kmalloc(20000, GFP_ATOMIC)) | | spin preempt rcu
kvfree | kvfree(NULL) | |
vfree | vfree(NULL) | | spin preempt rcu
dma_free_coherent | dma_free_coherent(t_dev, 8, t_coherent_new(), t_coherent_dma[t_turn]) | | hardirq
"""


def rows_of(text):
    """Cut at " | " and at a closing " |"; always four parts."""
    rows = ([part.strip() for part in re.split(r" \|(?= )", line + " ")] for line in text.strip().splitlines())
    return [(row + ["", ""])[:4] for row in rows]
