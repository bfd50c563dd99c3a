/* SPDX-License-Identifier: MIT */
static int request_add(struct port *port, int number)
{
	struct request *request;

	request = kzalloc(sizeof(*request), GFP_KERNEL);
	if (!request)
		return -ENOMEM;
	scoped_guard(spinlock_irqsave, &port->lock) {
		if (port->is_closed) {
			kfree(request);
			return -ESHUTDOWN;
		}
		list_add_tail(&request->entry, &port->requests);
	}
	if (number > 3)
		return -EAGAIN;
	return 0;
}

static int request_swap(struct port *port, struct request **place)
{
	struct request *request;

	request = kzalloc(sizeof(*request), GFP_KERNEL);
	if (!request)
		return -ENOMEM;
	scoped_guard(mutex, &port->mutex)
		swap(request, *place);
	kfree(request);
	return port->is_closed ? -EIO : 0;
}

static int request_try(struct port *port)
{
	struct request *request;

	request = kzalloc(sizeof(*request), GFP_KERNEL);
	if (!request)
		return -ENOMEM;
	scoped_cond_guard(mutex_intr, goto out, &port->mutex) {
		port->request = request;
		return 0;
	}
out:
	kfree(request);
	return -EINTR;
}

static struct mode *mode_make(struct port *port, int width)
{
	struct mode *mode __free(kfree) = kzalloc(sizeof(*mode), GFP_KERNEL);

	if (!mode)
		return ERR_PTR(-ENOMEM);
	scoped_guard(mutex, &port->mutex) {
		if (width > port->most)
			return ERR_PTR(-EINVAL);
	}
	mode->width = width;
	return_ptr(mode);
}

static int mode_copy(struct port *port, int width)
{
	struct mode __free(kfree) *mode = NULL;

	mode = kzalloc(sizeof(*mode), GFP_KERNEL);
	if (!mode)
		return -ENOMEM;
	scoped_guard(mutex, &port->mutex)
		mode->width = port->most;
	if (width > mode->width)
		return -EINVAL;
	port->mode = no_free_ptr(mode);
	return 0;
}

static int mode_text(struct port *port, int width)
{
	char *text __free(kfree) = NULL;

	text = kmalloc(64, GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	scoped_guard(spinlock, &port->lock)
		if (width > port->most)
			return -EINVAL;
	return port_send(port, text);
}
