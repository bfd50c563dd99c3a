/* SPDX-License-Identifier: MIT */
/* A name is cut into a local array as far as that has room. */
#include <linux/module.h>
#include <linux/types.h>

static u32 pack(const char *name, int length)
{
	char letter[4];
	u32 word = 0;
	int i;

	for (i = 0; i < length && i < 4; i++)
		letter[i] = name[i];
	for (i = 0; i < 4; i++)
		word = word << 8 | (u8)letter[i];
	return word;
}

static int __init pack_init(void)
{
	pr_info("%x\n", pack("eth10", 5));
	return 0;
}

static void __exit pack_exit(void)
{
}

module_init(pack_init);
module_exit(pack_exit);
MODULE_LICENSE("GPL");
