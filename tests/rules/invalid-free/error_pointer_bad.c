/* SPDX-License-Identifier: MIT */
/* A name that was asked for from a helper is an error pointer when there is none. */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/slab.h>

struct label {
	char text[24];
};

static bool is_named;
module_param(is_named, bool, 0444);

static struct label *label_read(void)
{
	struct label *label;

	if (!is_named)
		return ERR_PTR(-ENODATA);
	label = kzalloc(sizeof(*label), GFP_KERNEL);
	return label ? label : ERR_PTR(-ENOMEM);
}

static int __init label_init(void)
{
	struct label *label = label_read();

	if (IS_ERR(label))
		pr_info("no label: %ld\n", PTR_ERR(label));
	kfree(label); /* finding: invalid-free */
	return 0;
}

static void __exit label_exit(void)
{
}

module_init(label_init);
module_exit(label_exit);
MODULE_LICENSE("GPL");
