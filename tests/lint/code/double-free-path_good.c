/* SPDX-License-Identifier: MIT */
static int frame_send(struct port *port, struct frame *frame)
{
	int error = port_push(port);

	if (error) {
		kfree(frame);
		return error;
	}
	if (port->is_dead)
		return -EIO;
	kfree(frame);
	return 0;
}

static int frame_keep(struct port *port, struct frame *frame)
{
	if (port->is_dead) {
		kfree(frame);
		frame = NULL;
	}
	if (port->is_open)
		return 0;
	kfree(frame);
	return 0;
}
