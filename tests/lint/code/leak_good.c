/* SPDX-License-Identifier: MIT */
static int mode_set(struct port *port, const char __user *from)
{
	struct mode *mode;

	mode = kmalloc(sizeof(*mode), GFP_KERNEL);
	if (!mode)
		return -ENOMEM;
	if (copy_from_user(mode, from, sizeof(*mode))) {
		kfree(mode);
		return -EFAULT;
	}
	list_add(&mode->entry, &port->modes);
	if (port->is_late)
		return -EAGAIN;
	return 0;
}

static int two_buffers(struct port *port)
{
	char *first, *second;

	first = kmalloc(64, GFP_KERNEL);
	second = kmalloc(64, GFP_KERNEL);
	if (!first || !second) {
		kfree(first);
		kfree(second);
		return -ENOMEM;
	}
	port->first = first;
	port->second = second;
	if (port->is_late)
		return -EAGAIN;
	return 0;
}

static int maybe(struct port *port, int wanted)
{
	char *data = NULL;

	if (wanted) {
		data = kmalloc(64, GFP_KERNEL);
		if (!data)
			return -ENOMEM;
	}
	if (port_send(port, data) < 0) {
		kfree(data);
		return -EIO;
	}
	kfree(data);
	return 0;
}

static int kept_by_owner(struct port *port)
{
	struct mode *mode;

	mode = kzalloc(sizeof(*mode), GFP_KERNEL);
	if (!mode)
		return -ENOMEM;
	port->mode = mode;
	if (port_start(port))
		return -EIO;
	return 0;
}

static int cleaned_up(struct port *port)
{
	char *data __free(kfree) = kmalloc(64, GFP_KERNEL);

	if (!data)
		return -ENOMEM;
	if (port->is_late)
		return -EAGAIN;
	return port_send(port, data);
}

static int by_variable(struct port *port)
{
	char *data;
	int error;

	data = kmalloc(64, GFP_KERNEL);
	if (!data)
		return -ENOMEM;
	error = port_start(port);
	if (error < 0)
		goto out;
	error = port_fill(port, data);
out:
	kfree(data);
	return error;
}

static int filters_send(struct port *port, int messages)
{
	struct list *list __free(kfree) = NULL;
	int i, result;

	for (i = 0; i < messages; i++) {
		kfree(list);
		list = kzalloc(64, GFP_KERNEL);
		if (!list)
			return -ENOMEM;
		result = port_exchange(&port->queue);
		if (result < 0)
			return result;
	}
	return 0;
}
