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

/* Written in between: by a member, an element, through the pointer; then it is another's. */
static int frame_written(struct port *port, u8 *bytes, u32 *word)
{
	struct frame *frame;

	frame = kzalloc(sizeof(*frame), GFP_KERNEL);
	if (!frame)
		return -ENOMEM;
	frame->length = port_length(port);
	memset(frame, 0, sizeof(*frame));
	port->frame = frame;
	bytes = kzalloc(64, GFP_KERNEL);
	if (!bytes)
		return -ENOMEM;
	bytes[0] = 1;
	memset(bytes, 0, 64);
	port->bytes = bytes;
	word = kzalloc(sizeof(*word), GFP_KERNEL);
	if (!word)
		return -ENOMEM;
	*word = port_read_word(port);
	memset(word, 0, sizeof(*word));
	port->word = word;
	return 0;
}

static void frame_other(struct port *port)
{
	struct frame *frame;

	frame = kzalloc(sizeof(*frame), GFP_KERNEL);
	if (!frame)
		return;
	port->spare = frame;
	frame = port->old;
	memset(frame, 0, sizeof(*frame));
}

/* The second round meets what the first one wrote. */
static int frame_rounds(struct port *port, int rounds)
{
	struct frame *frame = kzalloc(sizeof(*frame), GFP_KERNEL);

	if (!frame)
		return -ENOMEM;
	while (rounds--) {
		memset(frame, 0, sizeof(*frame));
		frame->length = port_length(port);
		port_send(port, frame);
	}
	port->frame = frame;
	return 0;
}

static void frame_cleared(struct port *port)
{
	struct frame *frame;

	frame = kzalloc(sizeof(*frame), GFP_KERNEL);
	if (!frame)
		return;
	memset(&port->stats, 0, sizeof(port->stats));
	memset(frame, 0xff, sizeof(*frame));
	port->frame = frame;
}

/* It may be an old one; a new one is zeroed twice, which does not matter. */
static int frame_reused(struct port *port)
{
	if (!port->frame) {
		port->frame = kzalloc(sizeof(*port->frame), GFP_KERNEL);
		if (!port->frame)
			return -ENOMEM;
	}
	memset(port->frame, 0, sizeof(*port->frame));
	return 0;
}

static void frame_each(struct port *port)
{
	*port_slot(port) = kzalloc(64, GFP_KERNEL);
	memset(*port_slot(port), 0, 64);
}

static int frame_declared(struct port *port)
{
	struct frame *frame = kzalloc(sizeof(*frame), GFP_KERNEL);

	if (!frame)
		return -ENOMEM;
	frame->length = port_length(port);
	memset(frame, 0, sizeof(*frame));
	port_keep(port, frame);
	memset(frame, 0, sizeof(*frame));
	frame = port->old;
	memset(frame, 0, sizeof(*frame));
	return 0;
}
