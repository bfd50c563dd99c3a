/* SPDX-License-Identifier: MIT */
struct frame *frame_make(void)
{
	struct frame *frame;

	frame = kzalloc(sizeof(frame), GFP_KERNEL); /* expect: out-of-bounds.sizeof-pointer */
	if (!frame)
		return NULL;
	return frame;
}

struct frame *frame_many(unsigned int count)
{
	struct frame *frames;

	/* expect next: out-of-bounds.sizeof-pointer */
	frames = kcalloc(count, sizeof(struct frame *), GFP_KERNEL);
	return frames;
}

struct frame *frame_copy(const struct frame *from)
{
	/* expect next: out-of-bounds.sizeof-pointer */
	struct frame *copy = kmemdup(from, sizeof(copy), GFP_KERNEL);

	return copy;
}

struct frame *frame_at_once(void)
{
	/* expect next: out-of-bounds.sizeof-pointer */
	struct frame *frame = kzalloc(sizeof(struct frame *), GFP_KERNEL);

	return frame;
}
