/* SPDX-License-Identifier: MIT */
static struct frame *frame_make(size_t bytes)
{
	struct frame *frame;

	frame = kzalloc(sizeof(*frame) + bytes, GFP_KERNEL);
	if (!frame)
		return NULL;
	memset(frame, 0, sizeof(*frame)); /* expect: zero-twice */
	return frame;
}
