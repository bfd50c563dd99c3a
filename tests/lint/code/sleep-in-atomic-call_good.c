/* SPDX-License-Identifier: MIT */
static struct entry *entry_new(gfp_t flags)
{
	return kzalloc(sizeof(struct entry), flags);
}

static void entry_wait_unlocked(struct table *table)
{
	spin_unlock(&table->lock);
	wait_for_completion(&table->done);
	spin_lock(&table->lock);
}

static void entry_load(struct table *table)
{
	table->data = kmalloc(64, GFP_KERNEL);
}

static int entry_add(struct table *table)
{
	struct entry *entry;

	entry_load(table);
	spin_lock(&table->lock);
	entry = entry_new(GFP_ATOMIC);
	if (entry)
		list_add(&entry->list, &table->entries);
	entry_wait_unlocked(table);
	spin_unlock(&table->lock);
	entry_load(table);
	return entry ? 0 : -ENOMEM;
}

static int frame_send(struct peer *peer, u8 action, const u8 *extra)
{
	peer_queue(peer, action, extra);
	if (action == FRAME_CONFIRM || action == FRAME_TEARDOWN)
		msleep_interruptible(10);
	return 0;
}

static void peers_look(struct table *table)
{
	spin_lock_bh(&table->lock);
	frame_send(table->first, FRAME_DISCOVER, NULL);
	spin_unlock_bh(&table->lock);
}
