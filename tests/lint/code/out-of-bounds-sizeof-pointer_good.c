/* SPDX-License-Identifier: MIT */
struct frame *frame_make(void)
{
	struct frame *frame;

	frame = kzalloc(sizeof(*frame), GFP_KERNEL);
	return frame;
}

struct frame **frame_many(unsigned int count)
{
	struct frame **list;

	list = kcalloc(count, sizeof(*list), GFP_KERNEL);
	if (!list)
		list = kcalloc(count, sizeof(struct frame *), GFP_KERNEL);
	return list;
}
