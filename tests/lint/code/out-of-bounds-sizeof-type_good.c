/* SPDX-License-Identifier: MIT */
struct head *head_make(unsigned int count)
{
	struct head *head;
	__le32 *sums;
	void *data;
	char *text;

	head = kzalloc(sizeof(struct head), GFP_KERNEL);
	sums = kcalloc(count, sizeof(u32), GFP_KERNEL);
	data = kmalloc(sizeof(struct tail), GFP_KERNEL);
	text = kmalloc(sizeof(struct tail), GFP_KERNEL);
	if (!head || !sums || !data || !text)
		return NULL;
	head->sums = sums;
	return head;
}

struct fast_dac {
	struct dac dac;
	u8 mode;
};

static struct dac *dac_make(void)
{
	struct dac *info = kzalloc(sizeof(struct fast_dac), GFP_KERNEL);

	return info;
}
