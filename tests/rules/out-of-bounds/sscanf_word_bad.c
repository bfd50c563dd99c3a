/* SPDX-License-Identifier: MIT */
/* %s stores as many characters as the text has; and a text without its 0 is read past its end. */
/* options: --schedules 1 --no-sweep */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

struct rule {
	char *name;
	unsigned int weight;
};

static noinline int rule_parse(struct rule *rule, const char *line)
{
	if (sscanf(line, "%s %u", rule->name, &rule->weight) != 2) /* finding: out-of-bounds */
		return -EINVAL;
	return 0;
}

static noinline int weight_parse(const char *digits)
{
	int weight;

	return sscanf(digits, "%d", &weight) == 1 ? weight : -1; /* finding: out-of-bounds */
}

static int __init rule_init(void)
{
	struct rule rule = { .name = kmalloc(8, GFP_KERNEL) };
	char *raw = kmemdup("1234", 4, GFP_KERNEL);
	int ret = -ENOMEM;

	if (rule.name && raw) {
		rule_parse(&rule, "eight-and-more 7");
		ret = weight_parse(raw) ? 0 : -EINVAL;
	}
	kfree(raw);
	kfree(rule.name);
	return ret;
}

static void __exit rule_exit(void)
{
}

module_init(rule_init);
module_exit(rule_exit);
MODULE_LICENSE("GPL");
