/* SPDX-License-Identifier: MIT */
static int request_add(struct port *port, int number)
{
	struct request *request;

	request = kzalloc(sizeof(*request), GFP_KERNEL); /* expect: leak */
	if (!request)
		return -ENOMEM;
	scoped_guard(spinlock_irqsave, &port->lock) {
		if (port->is_closed)
			return -ESHUTDOWN;
		list_add_tail(&request->entry, &port->requests);
	}
	return 0;
}

static int port_rename(struct port *port, int length)
{
	char *name;

	name = kmalloc(32, GFP_KERNEL); /* expect: leak */
	if (!name)
		return -ENOMEM;
	scoped_guard(mutex, &port->mutex)
		port->uses++;
	if (length > 32)
		return -EINVAL;
	scoped_cond_guard(mutex_intr, return -EINTR, &port->mutex)
		port->uses--;
	port->name = name;
	return 0;
}
