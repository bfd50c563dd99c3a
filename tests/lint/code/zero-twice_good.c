/* SPDX-License-Identifier: MIT */
static struct frame *frame_make(size_t bytes)
{
	struct frame *frame;

	frame = kmalloc(sizeof(*frame) + bytes, GFP_KERNEL);
	if (!frame)
		return NULL;
	memset(frame, 0, sizeof(*frame));
	return frame;
}

static struct frame *frame_again(struct port *port)
{
	struct frame *frame;

	frame = kzalloc(sizeof(*frame), GFP_KERNEL);
	if (!frame)
		return NULL;
	port_read(port, frame);
	memset(frame, 0, sizeof(*frame));
	return frame;
}
