/* SPDX-License-Identifier: MIT */
/* An element goes back twice, the second time while it lies in the reserve. */
#include <linux/mempool.h>
#include <linux/module.h>
#include <linux/slab.h>

struct ticket {
	int number;
	char text[40];
};

static mempool_t *tickets;

static void ticket_close(struct ticket *ticket)
{
	ticket->number = -1;
	mempool_free(ticket, tickets);
}

static int __init tickets_init(void)
{
	struct ticket *first, *second;

	tickets = mempool_create_kmalloc_pool(2, sizeof(struct ticket));
	if (!tickets)
		return -ENOMEM;
	first = mempool_alloc(tickets, GFP_KERNEL);
	second = mempool_alloc(tickets, GFP_KERNEL);
	first->number = 1;
	second->number = 2;
	ticket_close(first);
	mempool_free(first, tickets); /* finding: double-free */
	ticket_close(second);
	return 0;
}

static void __exit tickets_exit(void)
{
	mempool_destroy(tickets);
}

module_init(tickets_init);
module_exit(tickets_exit);
MODULE_LICENSE("GPL");
