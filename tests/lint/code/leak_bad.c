/* SPDX-License-Identifier: MIT */
static int mode_set(struct port *port, const char __user *from)
{
	struct mode *mode;

	mode = kmalloc(sizeof(*mode), GFP_KERNEL); /* expect: leak */
	if (!mode)
		return -ENOMEM;
	if (copy_from_user(mode, from, sizeof(*mode)))
		return -EFAULT;
	port_apply(port, mode);
	kfree(mode);
	return 0;
}

static struct mode *mode_make(struct port *port, int width)
{
	struct mode *mode;

	mode = kzalloc(sizeof(*mode), GFP_KERNEL); /* expect: leak */
	if (!mode)
		return ERR_PTR(-ENOMEM);
	mode->width = width;
	if (width > port->most)
		return ERR_PTR(-EINVAL);
	port->mode = mode;
	return mode;
}

static int two_buffers(struct port *port)
{
	char *first, *second;

	first = kmalloc(64, GFP_KERNEL); /* expect: leak */
	if (!first)
		return -ENOMEM;
	second = kmalloc(64, GFP_KERNEL);
	if (!second)
		return -ENOMEM;
	port->first = first;
	port->second = second;
	return 0;
}

static int at_once(struct port *port)
{
	char *data = kmalloc(64, GFP_KERNEL); /* expect: leak */

	if (!data)
		return -ENOMEM;
	data[0] = 0;
	if (port->is_late)
		return -EAGAIN;
	port->data = data;
	return 0;
}

static int by_variable(struct port *port)
{
	char *data;
	int error;

	data = kmalloc(64, GFP_KERNEL); /* expect: leak */
	if (!data)
		return -ENOMEM;
	error = port_start(port);
	if (error < 0)
		return error;
	port->data = data;
	return 0;
}

static int table_fill(struct table *table, int wanted)
{
	char *data;
	int i;

	data = kmalloc(64, GFP_KERNEL); /* expect: leak */
	if (!data)
		return -ENOMEM;
	for (i = 0; i < wanted; i++)
		table->number[i] = data[i];
	if (table->is_dead) {
		kfree(data);
		return -EIO;
	}
	if (table->is_full)
		return -ENOSPC;
	table->data = data;
	return 0;
}

static int group_make(struct table *table, int wanted)
{
	char *data = NULL;

	if (wanted > 4) {
		data = kmalloc(64, GFP_KERNEL); /* expect: leak */
		if (!data)
			return -ENOMEM;
	}
	if (wanted > 8)
		return -EINVAL;
	table->data = data;
	return 0;
}
