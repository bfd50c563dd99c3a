/* SPDX-License-Identifier: MIT */
/* A parser uses a small buffer of its own, or a larger one from the heap, and frees either. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static int line_parse(const char *line)
{
	char small[16], *words = small;
	size_t bytes = strlen(line) + 1;
	int count = 0;

	if (bytes > sizeof(small)) {
		words = kmalloc(bytes, GFP_KERNEL);
		if (!words)
			return -ENOMEM;
	}
	memcpy(words, line, bytes);
	for (char *at = words; *at; at++)
		count += *at == ' ';
	if (words != small)
		kfree(words);
	return count;
}

static int __init parser_init(void)
{
	line_parse("a line that is longer than the small buffer");
	line_parse("short");
	return 0;
}

static void __exit parser_exit(void)
{
}

module_init(parser_init);
module_exit(parser_exit);
MODULE_LICENSE("GPL");
