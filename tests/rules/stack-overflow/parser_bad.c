/* SPDX-License-Identifier: MIT */
/* A parser that goes down a level for each bracket of its input. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

#define DEPTH 120
#define LEVELS 40

struct token {
	char text[64];
	u32 kind, level;
};

static int parse(const char *text, u32 level)
{ /* finding: stack-overflow */
	struct token token[2] = { { .level = level }, { .kind = 1 } };

	OPTIMIZER_HIDE_VAR(level);
	strscpy(token[0].text, text, sizeof(token[0].text));
	if (token[0].text[0] == '(')
		return parse(text + 1, level + 1) + (int)token[1].kind;
	return (int)token[0].level;
}

static int __init parser_init(void)
{
	char *text = kzalloc(DEPTH + 1, GFP_KERNEL);

	if (!text)
		return -ENOMEM;
	memset(text, '(', DEPTH);
	parse(text, 0);
	kfree(text);
	return 0;
}

static void __exit parser_exit(void)
{
}

module_init(parser_init);
module_exit(parser_exit);
MODULE_LICENSE("GPL");
