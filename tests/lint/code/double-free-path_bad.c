/* SPDX-License-Identifier: MIT */
static int frame_send(struct port *port, struct frame *frame)
{
	int error = port_push(port);

	kfree(frame);
	if (error == -EAGAIN)
		kfree(frame); /* expect: double-free.path */
	return error;
}

static int frame_end(struct port *port, struct frame *frame)
{
	switch (port->state) {
	case PORT_DEAD:
		vfree(frame);
		break;
	default:
		break;
	}
	while (port_is_busy(port)) {
		if (port_poke(port))
			vfree(frame); /* expect: double-free.path */
	}
	return 0;
}
