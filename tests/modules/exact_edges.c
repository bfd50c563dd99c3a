// SPDX-License-Identifier: MIT
/*
 * exact_edges.c - accesses that end at the last byte of an object: bitmaps of odd sizes, text
 * without room to spare, memchr_inv and sort over all of it, a page to its end
 */
#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/ctype.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

static int less(const void *a, const void *b)
{
	return *(const u16 *)a - *(const u16 *)b;
}

static int bits(void)
{
	unsigned long *map = bitmap_zalloc(67, GFP_KERNEL);
	int last;

	if (!map)
		return -ENOMEM;
	bitmap_set(map, 3, 64);
	clear_bit(66, map);
	__set_bit(0, map);
	last = find_last_bit(map, 67);
	bitmap_free(map);
	return last == 65 ? 0 : -EINVAL;
}

static int texts(void)
{
	char *a = kstrdup("12345678", GFP_KERNEL), *b = kmalloc(9, GFP_KERNEL);
	int error = -ENOMEM;

	if (a && b) {
		memcpy(b, a, 9);
		b[0] = toupper(b[0]);
		error = strlen(b) == 8 && !strncmp(a, b, 100) && strnlen(a, 500) == 8 &&
			memchr(b, 0, 9) == b + 8 ? 0 : -EINVAL;
		strscpy(b, a + 4, 9);
		strcat(b, "1234");
	}
	kfree(b);
	kfree(a);
	return error;
}

static int arrays(void)
{
	u16 *values = kmalloc_array(13, sizeof(*values), GFP_KERNEL);
	int error;

	if (!values)
		return -ENOMEM;
	for (unsigned int i = 0; i < 13; i++)
		values[i] = (i * 7) % 13;
	sort(values, 13, sizeof(*values), less, NULL);
	error = values[12] == 12 ? 0 : -EINVAL;
	memset(values, 0, ksize(values));
	if (memchr_inv(values, 0, 26))
		error = -EINVAL;
	kfree(values);
	return error;
}

static int pages(void)
{
	char *page = (char *)__get_free_page(GFP_KERNEL), *area = vmalloc(5000);
	int error = -ENOMEM;

	if (page && area) {
		memset(page, 1, PAGE_SIZE);
		page[PAGE_SIZE - 1] = 2;
		memset(area, 3, 5000);
		area[4999] = page[PAGE_SIZE - 1];
		error = 0;
	}
	vfree(area);
	free_page((unsigned long)page);
	return error;
}

static int __init edges_init(void)
{
	int error = bits();

	error = error ?: texts();
	error = error ?: arrays();
	return error ?: pages();
}

static void __exit edges_exit(void)
{
}

module_init(edges_init);
module_exit(edges_exit);
MODULE_LICENSE("GPL");
