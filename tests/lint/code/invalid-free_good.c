/* SPDX-License-Identifier: MIT */
static int table_load(struct device *dev, size_t bytes)
{
	u8 *table;

	table = vmalloc(bytes);
	if (!table)
		return -ENOMEM;
	table_send(dev, table);
	vfree(table);
	return 0;
}

static int map_make(struct map *map, unsigned int count)
{
	map->slots = kcalloc(count, sizeof(*map->slots), GFP_KERNEL);
	if (!map->slots)
		map->slots = vzalloc(array_size(count, sizeof(*map->slots)));
	return map->slots ? 0 : -ENOMEM;
}

static void map_end(struct map *map)
{
	kvfree(map->slots);
}

static int either(size_t bytes)
{
	void *data;

	if (bytes > PAGE_SIZE)
		data = vmalloc(bytes);
	else
		data = kmalloc(bytes, GFP_KERNEL);
	if (!data)
		return -ENOMEM;
	if (bytes > PAGE_SIZE)
		vfree(data);
	else
		kfree(data);
	return 0;
}

static void taken_over(struct map *map)
{
	map->names = vmalloc(64);
	map_fill(&map->names);
	kfree(map->names);
}

static u8 *image;

static int image_init(void)
{
	image = vzalloc(65536);
	return image ? 0 : -ENOMEM;
}

static void image_local(void)
{
	u8 *image = kmalloc(16, GFP_KERNEL);

	kfree(image);
}

static void image_exit(void)
{
	vfree(image);
}
