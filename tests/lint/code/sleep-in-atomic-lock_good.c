/* SPDX-License-Identifier: MIT */
static int entry_add(struct table *table)
{
	struct entry *entry = kmalloc(sizeof(*entry), GFP_KERNEL);

	if (!entry)
		return -ENOMEM;
	spin_lock(&table->lock);
	list_add(&entry->list, &table->entries);
	spin_unlock(&table->lock);
	mutex_lock(&table->mutex);
	table->count++;
	mutex_unlock(&table->mutex);
	return 0;
}

static int entry_quick(struct table *table)
{
	spin_lock(&table->lock);
	if (!table->spare)
		table->spare = kmalloc(sizeof(struct entry), GFP_ATOMIC);
	if (!table->spare) {
		spin_unlock(&table->lock);
		msleep(1);
		return -EAGAIN;
	}
	spin_unlock(&table->lock);
	return 0;
}

static void table_wait(struct table *table)
{
	spin_lock_irq(&table->lock);
	while (!table->is_done) {
		spin_unlock_irq(&table->lock);
		msleep(1);
		spin_lock_irq(&table->lock);
	}
	spin_unlock_irq(&table->lock);
}

static int queue_wait(struct queue *queue, char *data)
{
	list_add(&queue->entry, &queue->waiting);
	spin_unlock_irq(&queue->lock);
	return queue_run(queue, data);
}

static int queue_read(struct queue *queue, char __user *to, char *data)
{
	int result;

	spin_lock_irq(&queue->lock);
	if (queue->is_dead) {
		spin_unlock_irq(&queue->lock);
		return -ENODEV;
	}
	result = queue_wait(queue, data); /* gives the lock back */
	if (result > 0 && copy_to_user(to, data, result))
		return -EFAULT;
	return result;
}

static int portal_send(struct portal *portal)
{
	unsigned long flags = 0;
	int result = 0;

	if (portal->flags & PORTAL_ATOMIC)
		spin_lock_irqsave(&portal->lock, flags);
	else
		mutex_lock(&portal->mutex);
	if (!(portal->flags & PORTAL_ATOMIC))
		usleep_range(10, 20);
	else
		udelay(10);
	if (portal->flags & PORTAL_ATOMIC)
		spin_unlock_irqrestore(&portal->lock, flags);
	else
		mutex_unlock(&portal->mutex);
	return result;
}

static int table_find(struct table *table)
{
	struct entry *entry;
	char *name;

	rcu_read_lock();
	entry = rcu_dereference(table->first);
	name = entry ? kstrdup(entry->name, GFP_ATOMIC) : NULL;
	rcu_read_unlock();
	mutex_lock(&table->mutex);
	swap(table->name, name);
	mutex_unlock(&table->mutex);
	kfree(name);
	return 0;
}

static void table_quick(struct table *table)
{
	unsigned long flags;

	local_irq_save(flags);
	table->ticks++;
	local_irq_restore(flags);
	preempt_disable();
	this_cpu_inc(table_hits);
	preempt_enable();
	local_bh_disable();
	table->packets++;
	local_bh_enable();
	msleep(1);
}

/* Each of them ends what it began before it sleeps. */
static void table_quiet(struct table *table)
{
	preempt_disable();
	this_cpu_inc(table_hits);
	preempt_enable();
	msleep(1);
}

static void table_masked(struct table *table)
{
	unsigned long flags;

	local_irq_save(flags);
	table->ticks++;
	local_irq_restore(flags);
	flush_work(&table->work);
}

static void table_masked_all(struct table *table)
{
	local_irq_disable();
	table->ticks++;
	local_irq_enable();
	flush_work(&table->work);
}

/* Let go on the way that sleeps, and taken again. */
static int table_full(struct table *table)
{
	unsigned long flags;
	struct entry *entry;

	spin_lock_irqsave(&table->lock, flags);
	if (table->is_full) {
		spin_unlock_irqrestore(&table->lock, flags);
		entry = kzalloc(sizeof(*entry), GFP_KERNEL);
		if (!entry)
			return -ENOMEM;
		spin_lock_irqsave(&table->lock, flags);
		list_add(&entry->list, &table->entries);
	}
	entry = kmalloc(sizeof(*entry), GFP_NOWAIT);
	spin_unlock_irqrestore(&table->lock, flags);
	kfree(entry);
	return 0;
}

/* Let go by another name, of the lock or of the function. */
static void table_named(struct port *port)
{
	struct table *table = port->table;

	spin_lock(&port->table->lock);
	table->count++;
	spin_unlock(&table->lock);
	msleep(1);
	spin_lock(&table->lock);
	table_let_go(&table->lock);
	msleep(1);
}
