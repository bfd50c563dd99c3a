/* SPDX-License-Identifier: MIT */
static int port_open(struct port *port)
{
	char *buffer = kmalloc(64, GFP_KERNEL);
	int error;

	if (!buffer)
		return -ENOMEM;
	error = port_start(port, buffer);
	if (error)
		goto out;
	port->buffer = buffer;
	return 0;
out:
	kfree(buffer);
	return error;
}

static void port_close(struct port *port, struct port *other)
{
	kfree(port->name);
	port->name = NULL;
	kfree(port->name);
	kfree(other->label);
	other = port;
	kfree(other->label);
}

static int port_swap(struct port *port, char *buffer)
{
	if (port->is_open) {
		kfree(buffer);
		return -EBUSY;
	}
	kfree(buffer);
	return 0;
}
