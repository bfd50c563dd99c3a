/* SPDX-License-Identifier: MIT */
static int table_load(struct device *dev, size_t bytes)
{
	u8 *table;

	table = vmalloc(bytes);
	if (!table)
		return -ENOMEM;
	table_send(dev, table);
	kfree(table); /* expect: invalid-free */
	return 0;
}

static int map_make(struct map *map, unsigned int count)
{
	map->slots = kvcalloc(count, sizeof(*map->slots), GFP_KERNEL);
	return map->slots ? 0 : -ENOMEM;
}

static void map_end(struct map *map)
{
	kfree(map->slots); /* expect: invalid-free */
}

static void name_use(const char *from)
{
	char *name = kstrdup(from, GFP_KERNEL);

	if (!name)
		return;
	name_tell(name);
	vfree(name); /* expect: invalid-free */
}

static int counters_use(void)
{
	struct counter __percpu *counters = alloc_percpu(struct counter);

	if (!counters)
		return -ENOMEM;
	kfree(counters); /* expect: invalid-free */
	return 0;
}

static u8 *image;
static int image_count;

static int image_init(void)
{
	image = vzalloc(65536);
	return image ? 0 : -ENOMEM;
}

static void image_exit(void)
{
	kfree(image); /* expect: invalid-free */
}
