/* SPDX-License-Identifier: MIT */
/* A bit for each port; the interrupt side marks ports in a map that is a word too small. */
#include <linux/bitops.h>
#include <linux/bitmap.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/irq_work.h>

#define PORTS 130

static unsigned long *ready;

static void on_ready(struct irq_work *work)
{
	for (int port = 1; port < PORTS; port += 64)
		set_bit(port, ready); /* finding: out-of-bounds */
}
static DEFINE_IRQ_WORK(kick, on_ready);

static int __init ports_init(void)
{
	ready = kcalloc(PORTS / BITS_PER_LONG, sizeof(long), GFP_KERNEL);
	if (!ready)
		return -ENOMEM;
	irq_work_queue(&kick);
	return 0;
}

static void __exit ports_exit(void)
{
	irq_work_sync(&kick);
	kfree(ready);
}

module_init(ports_init);
module_exit(ports_exit);
MODULE_LICENSE("GPL");
