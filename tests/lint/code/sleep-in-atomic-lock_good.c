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
