/* SPDX-License-Identifier: MIT */
static int line_send(struct line *line, const char *text, size_t size)
{
	char *message = kmalloc(size, GFP_ATOMIC | GFP_DMA);

	if (!message)
		return -ENOMEM;
	memcpy(message, text, size);
	return iucv_message_send(line->path, &line->message, 0, 0, message, size);
}
