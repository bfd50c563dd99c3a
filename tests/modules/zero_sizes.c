// SPDX-License-Identifier: MIT
/* zero_sizes.c - requests for nothing, frees of nothing, and what grows out of nothing */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

static u16 *values;
static size_t used, room;

static int value_add(u16 value)
{
	if (used == room) {
		size_t more = room ? 2 * room : 1;
		u16 *larger = krealloc_array(values, more, sizeof(*values), GFP_KERNEL);

		if (!larger)
			return -ENOMEM;
		values = larger;
		room = more;
	}
	values[used++] = value;
	return 0;
}

static int __init zero_init(void)
{
	void *nothing = kmalloc(0, GFP_KERNEL), *again;
	char *empty = kstrndup("text", 0, GFP_KERNEL);
	int error = 0;

	if (!ZERO_OR_NULL_PTR(nothing) || ksize(nothing)) {
		kfree(nothing);
		kfree(empty);
		return -EINVAL;
	}
	again = kcalloc(0, 24, GFP_KERNEL);
	kfree(again);
	nothing = krealloc(nothing, 0, GFP_KERNEL);
	kfree(nothing);
	kfree(NULL);
	kvfree(NULL);
	vfree(NULL);
	kfree_sensitive(NULL);
	kfree_const(kstrdup_const("constant", GFP_KERNEL));
	if (empty && empty[0])
		error = -EINVAL;
	kfree(empty);
	/* krealloc() to nothing frees. */
	again = kmalloc(32, GFP_KERNEL);
	if (again)
		again = krealloc(again, 0, GFP_KERNEL);
	kfree(again);
	for (u16 value = 0; value < 9 && !error; value++)
		error = value_add(value);
	if (error)
		kfree(values);
	return error;
}

static void __exit zero_exit(void)
{
	kfree(values);
}

module_init(zero_init);
module_exit(zero_exit);
MODULE_LICENSE("GPL");
