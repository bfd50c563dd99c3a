/* SPDX-License-Identifier: MIT */
static int config_read(struct config *config)
{
	u32 *base = config->ext[0].base;
	int i;

	if (!base) {
		base = kzalloc(CONFIG_MAX * sizeof(u32), GFP_KERNEL);
		if (!base)
			return -EIO;
	}
	for (i = 0; i < CONFIG_MAX; i++) {
		config->ext[i].number = 1;
		config->ext[i].base = &base[i];
	}
	if (config_ask(&config->firmware) < 0)
		return -EIO;
	return 0;
}

static int neighbour_set(struct table *table, bool adding)
{
	struct neighbour *entry;
	int err = 0;

	entry = kzalloc(sizeof(*entry), GFP_KERNEL);
	if (!entry)
		return -ENOMEM;
	if (adding)
		neighbour_add(table, entry);
	else
		err = -ENOENT;
	if (!adding)
		kfree(entry);
	if (err)
		return err;
	return 0;
}

static int rings_resize(struct rings *rings, struct udata *udata, int n)
{
	char *user = NULL, *kernel = NULL;
	int ret;

	if (udata && udata->size >= 8) {
		user = vmalloc_user(n);
		if (!user)
			return -ENOMEM;
	} else {
		kernel = vzalloc(n);
		if (!kernel)
			return -ENOMEM;
	}
	if (user)
		rings->user = user;
	else
		rings->kernel = kernel;
	if (udata && udata->size >= 8) {
		ret = rings_tell(&rings->offset);
		if (ret)
			return ret;
	}
	return 0;
}

static int handle_make(struct device *dev, struct handle *handle)
{
	struct av *av = NULL;

	handle->type = HANDLE_POOL;
	if (!dev->is_full) {
		av = kmalloc(sizeof(*av), GFP_ATOMIC);
		if (!av)
			goto no_memory;
		handle->type = HANDLE_OWN;
	}
no_memory:
	if (handle->type == HANDLE_POOL) {
		handle->pool = pool_get(dev);
		if (!handle->pool)
			return -ENOMEM;
	}
	handle->av = av;
	return 0;
}
