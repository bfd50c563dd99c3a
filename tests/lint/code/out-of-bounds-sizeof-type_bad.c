/* SPDX-License-Identifier: MIT */
struct head *head_make(unsigned int count)
{
	struct head *head;
	u64 *sums;

	head = kzalloc(sizeof(struct tail), GFP_KERNEL); /* expect: out-of-bounds.sizeof-type */
	sums = kcalloc(count, sizeof(u32), GFP_KERNEL); /* expect: out-of-bounds.sizeof-type */
	if (!head || !sums)
		return NULL;
	head->sums = sums;
	return head;
}
