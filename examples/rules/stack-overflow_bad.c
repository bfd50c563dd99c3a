/* SPDX-License-Identifier: MIT */
/* stack-overflow_bad.c - a checksum: its work area is on the stack */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static unsigned int checksum(const char *text)
{ /* finding: stack-overflow */
	unsigned char work[20000];
	unsigned int sum = 0;
	int i;

	memset(work, text[0], sizeof(work));
	for (i = 0; i < sizeof(work); i += 100)
		sum += work[i];
	return sum;
}

static int __init checksum_init(void)
{
	return checksum("text") ? 0 : -EINVAL;
}

static void __exit checksum_exit(void)
{
}

module_init(checksum_init);
module_exit(checksum_exit);

MODULE_DESCRIPTION("an example of stack-overflow");
MODULE_LICENSE("GPL");
