/* SPDX-License-Identifier: MIT */
static int entry_add(struct table *table)
{
	struct entry *entry;

	spin_lock(&table->lock);
	entry = kmalloc(sizeof(*entry), GFP_KERNEL); /* expect: sleep-in-atomic.lock */
	if (entry)
		list_add(&entry->list, &table->entries);
	spin_unlock(&table->lock);
	return entry ? 0 : -ENOMEM;
}

static void table_reset(struct table *table)
{
	unsigned long flags;

	spin_lock_irqsave(&table->lock, flags);
	table->is_on = false;
	if (table->is_slow)
		msleep(20); /* expect: sleep-in-atomic.lock */
	spin_unlock_irqrestore(&table->lock, flags);
}

static long table_read(struct table *table, void __user *to)
{
	long left;

	read_lock_bh(&table->names_lock);
	left = copy_to_user(to, table->names, 16); /* expect: sleep-in-atomic.lock */
	read_unlock_bh(&table->names_lock);
	return left ? -EFAULT : 0;
}

static int table_find(struct table *table)
{
	struct entry *entry;

	rcu_read_lock();
	entry = rcu_dereference(table->first);
	if (entry)
		table->name = kstrdup(entry->name, GFP_KERNEL); /* expect: sleep-in-atomic.lock */
	rcu_read_unlock();
	return table->name ? 0 : -ENOMEM;
}

static void table_quick(struct table *table)
{
	unsigned long flags;

	local_irq_save(flags);
	table->copy = kmemdup(table, sizeof(*table), GFP_KERNEL); /* expect: sleep-in-atomic.lock */
	local_irq_restore(flags);
}

static void ring_kick(struct ring *ring)
{
	spin_unlock(&ring->lock);
	ring_notify(ring);
	spin_lock(&ring->lock);
}

static int ring_grow(struct ring *ring)
{
	spin_lock(&ring->lock);
	ring_kick(ring); /* takes the lock again */
	ring->more = kmalloc(64, GFP_KERNEL); /* expect: sleep-in-atomic.lock */
	spin_unlock(&ring->lock);
	return ring->more ? 0 : -ENOMEM;
}

static void ring_close(struct ring *ring)
{
	spin_unlock(&ring->lock);
	ring_notify(ring);
}

static int ring_stop(struct ring *ring)
{
	spin_lock(&ring->lock);
	if (ring->is_idle) {
		ring_close(ring);
		return 0;
	}
	msleep(1); /* expect: sleep-in-atomic.lock */
	spin_unlock(&ring->lock);
	return -EBUSY;
}

static int table_grow(struct table *table, size_t count)
{
	void *rows;

	write_lock(&table->names_lock);
	rows = kvmalloc_array(count, 64, GFP_KERNEL); /* expect: sleep-in-atomic.lock */
	table->rows = rows;
	write_unlock(&table->names_lock);
	return rows ? 0 : -ENOMEM;
}

static void table_other_lock(struct table *table)
{
	raw_spin_lock(&table->raw);
	mutex_lock(&table->mutex); /* expect: sleep-in-atomic.lock */
	table->count++;
	mutex_unlock(&table->mutex);
	raw_spin_unlock(&table->raw);
}

static void table_both(struct table *table, struct table *other)
{
	spin_lock(&table->lock);
	spin_unlock(&table->lock);
	spin_lock(&other->lock);
	flush_work(&other->work); /* expect: sleep-in-atomic.lock */
	spin_unlock(&other->lock);
}

static void table_apart(struct table *table)
{
	preempt_disable();
	synchronize_rcu(); /* expect: sleep-in-atomic.lock */
	preempt_enable();
	local_bh_disable();
	wait_for_completion(&table->done); /* expect: sleep-in-atomic.lock */
	local_bh_enable();
}
