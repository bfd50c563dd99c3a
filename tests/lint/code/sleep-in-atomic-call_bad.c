/* SPDX-License-Identifier: MIT */
static struct entry *entry_new(void)
{
	return kzalloc(sizeof(struct entry), GFP_KERNEL);
}

static void entry_wait(struct table *table)
{
	wait_for_completion(&table->done);
}

static int entry_add(struct table *table)
{
	struct entry *entry;

	spin_lock(&table->lock);
	entry = entry_new(); /* expect: sleep-in-atomic.call */
	if (entry)
		list_add(&entry->list, &table->entries);
	spin_unlock(&table->lock);
	return entry ? 0 : -ENOMEM;
}

static void table_stop(struct table *table)
{
	unsigned long flags;

	write_lock_irqsave(&table->names_lock, flags);
	if (table->is_busy)
		entry_wait(table); /* expect: sleep-in-atomic.call */
	write_unlock_irqrestore(&table->names_lock, flags);
}
