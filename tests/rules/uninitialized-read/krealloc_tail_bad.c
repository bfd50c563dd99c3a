/* SPDX-License-Identifier: MIT */
/* A table grows with krealloc(); the search looks at the new half, which nobody has filled. */
#include <linux/module.h>
#include <linux/slab.h>

struct route {
	unsigned int target;
	bool is_used;
};

static struct route *routes;
static unsigned int room;

static int routes_grow(unsigned int more)
{
	struct route *bigger = krealloc(routes, (room + more) * sizeof(*routes), GFP_KERNEL);

	if (!bigger)
		return -ENOMEM;
	routes = bigger;
	room += more;
	return 0;
}

static struct route *route_free(void)
{
	for (unsigned int i = 0; i < room; i++)
		if (!routes[i].is_used) /* finding: uninitialized-read */
			return &routes[i];
	return NULL;
}

static int __init routes_init(void)
{
	int error;

	routes = kcalloc(8, sizeof(*routes), GFP_KERNEL);
	if (!routes)
		return -ENOMEM;
	room = 8;
	for (unsigned int i = 0; i < 8; i++)
		routes[i] = (struct route){ .target = i, .is_used = true };
	error = routes_grow(24);
	if (!error && !route_free())
		pr_info("the table of routes is full\n");
	if (error)
		kfree(routes);
	return error;
}

static void __exit routes_exit(void)
{
	kfree(routes);
}

module_init(routes_init);
module_exit(routes_exit);
MODULE_LICENSE("GPL");
