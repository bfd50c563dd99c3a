/* SPDX-License-Identifier: MIT */
static struct frame *frame_make(size_t bytes)
{
	struct frame *frame;

	frame = kzalloc(sizeof(*frame) + bytes, GFP_KERNEL);
	if (!frame)
		return NULL;
	memset(frame, 0, sizeof(*frame)); /* expect: zero-twice */
	return frame;
}

static int table_make(struct table *table, int count)
{
	table->rows = kvcalloc(count, sizeof(*table->rows), GFP_KERNEL);
	if (!table->rows)
		return -ENOMEM;
	table->count = count;
	memset(table->rows, 0, count * sizeof(*table->rows)); /* expect: zero-twice */
	return 0;
}

static int port_probe(struct platform_device *pdev)
{
	struct port *port = devm_kzalloc(&pdev->dev, sizeof(*port), GFP_KERNEL);

	if (!port)
		return -ENOMEM;
	memset(port, 0, sizeof(*port)); /* expect: zero-twice */
	port->pdev = pdev;
	return 0;
}

static struct entry *entry_new(struct kmem_cache *cache)
{
	struct entry *entry = kmem_cache_zalloc(cache, GFP_ATOMIC);

	if (entry)
		memset(entry, 0, sizeof(*entry)); /* expect: zero-twice */
	return entry;
}
