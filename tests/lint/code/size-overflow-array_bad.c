/* SPDX-License-Identifier: MIT */
static int table_make(struct table *table, unsigned int count)
{
	/* expect next: size-overflow.array */
	table->at = kmalloc(count * sizeof(*table->at), GFP_KERNEL);
	table->big = vzalloc(sizeof(struct slot) * table->count); /* expect: size-overflow.array */
	/* expect next: size-overflow.array */
	table->own = devm_kzalloc(table->dev, count * sizeof(u32), GFP_KERNEL);
	if (!table->at || !table->big || !table->own)
		return -ENOMEM;
	return 0;
}

static void *image_make(struct image *image)
{
	/* expect next: size-overflow.array */
	return kmalloc(image->width * image->height, GFP_KERNEL);
}

static int regions_grow(struct regions *regions)
{
	void *more;

	/* expect next: size-overflow.array */
	more = krealloc(regions->at, (regions->count + 1) * sizeof(*regions->at), GFP_KERNEL);
	if (!more)
		return -ENOMEM;
	regions->at = more;
	return 0;
}
