/* SPDX-License-Identifier: MIT */
static int table_make(struct table *table, unsigned int count)
{
	table->at = kmalloc_array(count, sizeof(*table->at), GFP_KERNEL);
	table->two = kzalloc(2 * sizeof(*table->two), GFP_KERNEL);
	table->few = kzalloc(SLOTS * sizeof(struct slot), GFP_KERNEL);
	table->all = kzalloc(ARRAY_SIZE(slot_names) * sizeof(struct slot), GFP_KERNEL);
	table->own = kzalloc(sizeof(*table->own) + 8 * sizeof(u32), GFP_KERNEL);
	table->big = vzalloc(array_size(count, sizeof(struct slot)));
	table->sum = kzalloc(struct_size(table->sum, at, count), GFP_KERNEL);
	return 0;
}

static int flags_make(struct stages *stages)
{
	stages->is_last = kmalloc(stages->count * sizeof(bool), GFP_KERNEL);
	stages->text = kmalloc((stages->count + 1) * sizeof(char), GFP_KERNEL);
	return stages->is_last && stages->text ? 0 : -ENOMEM;
}

static char *strings_make(int n, int size, struct head *head)
{
	char *one = kzalloc(sizeof(char *) * n + size, GFP_KERNEL);
	char *two = kzalloc(size + n * sizeof(char *), GFP_KERNEL);

	return one ? one : two;
}
