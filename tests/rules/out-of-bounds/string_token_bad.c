/* SPDX-License-Identifier: MIT */
/* A command line is copied without its 0, and then cut into words. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static int count_words(char *line)
{
	char *word;
	int count = 0;

	while ((word = strsep(&line, " "))) /* finding: out-of-bounds */
		if (*word)
			count++;
	return count;
}

static int run(const char *command)
{
	size_t length = strlen(command);
	char *line = kmalloc(length, GFP_KERNEL);
	int count;

	if (!line)
		return -ENOMEM;
	memcpy(line, command, length);
	count = count_words(line);
	kfree(line);
	return count > 0 ? 0 : -EINVAL;
}

static int __init words_init(void)
{
	return run("set gain 12");
}

static void __exit words_exit(void)
{
}

module_init(words_init);
module_exit(words_exit);
MODULE_LICENSE("GPL");
