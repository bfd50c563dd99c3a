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

static int frame_send(struct peer *peer, u8 action, const u8 *extra)
{
	peer_queue(peer, action, extra);
	if (action == FRAME_CONFIRM || action == FRAME_TEARDOWN)
		msleep_interruptible(10);
	return 0;
}

static void peers_drop(struct table *table, u8 action)
{
	spin_lock_bh(&table->lock);
	frame_send(table->first, FRAME_TEARDOWN, NULL); /* expect: sleep-in-atomic.call */
	spin_unlock_bh(&table->lock);
	spin_lock_bh(&table->lock);
	frame_send(table->second, action, NULL); /* expect: sleep-in-atomic.call */
	spin_unlock_bh(&table->lock);
}
