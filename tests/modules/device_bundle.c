// SPDX-License-Identifier: MIT
/* device_bundle.c - a driver that brings its own device, and an SRCU list of who listens */
#include <linux/err.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>

struct listener {
	struct list_head link;
	struct rcu_head rcu;
	unsigned int events;
};

struct board {
	unsigned int lines;
};

static LIST_HEAD(listeners);
static DEFINE_SPINLOCK(listeners_lock);
DEFINE_STATIC_SRCU(listeners_srcu);
static struct platform_device *board_device;

static int listener_add(void)
{
	struct listener *listener = kzalloc(sizeof(*listener), GFP_KERNEL);

	if (!listener)
		return -ENOMEM;
	spin_lock(&listeners_lock);
	list_add_rcu(&listener->link, &listeners);
	spin_unlock(&listeners_lock);
	return 0;
}

static void listener_free(struct rcu_head *rcu)
{
	kfree(container_of(rcu, struct listener, rcu));
}

static void listeners_drop(void)
{
	struct listener *listener, *next;

	spin_lock(&listeners_lock);
	list_for_each_entry_safe(listener, next, &listeners, link) {
		list_del_rcu(&listener->link);
		call_srcu(&listeners_srcu, &listener->rcu, listener_free);
	}
	spin_unlock(&listeners_lock);
	srcu_barrier(&listeners_srcu);
}

static void listeners_tell(void)
{
	int index = srcu_read_lock(&listeners_srcu);
	struct listener *listener;

	list_for_each_entry_srcu(listener, &listeners, link,
				 srcu_read_lock_held(&listeners_srcu))
		listener->events++;
	srcu_read_unlock(&listeners_srcu, index);
}

static int __init board_probe(struct platform_device *pdev)
{
	struct resource *window = platform_get_resource(pdev, IORESOURCE_MEM, 0);
	const unsigned int *lines = dev_get_platdata(&pdev->dev);
	struct board *board;

	if (!window || resource_size(window) != 0x100 || !lines)
		return -EINVAL;
	board = devm_kzalloc(&pdev->dev, sizeof(*board), GFP_KERNEL);
	if (!board)
		return -ENOMEM;
	board->lines = *lines;
	platform_set_drvdata(pdev, board);
	listeners_tell();
	return 0;
}

static struct platform_driver board_driver = { .driver = { .name = "own-board" } };

static int __init board_init(void)
{
	struct resource windows[] = { DEFINE_RES_MEM(0x10000000, 0x100) };
	const unsigned int lines = 8;
	int error = listener_add();

	if (error)
		return error;
	board_device = platform_create_bundle(&board_driver, board_probe, windows,
					      ARRAY_SIZE(windows), &lines, sizeof(lines));
	if (!IS_ERR(board_device))
		return 0;
	listeners_drop();
	return PTR_ERR(board_device);
}

static void __exit board_exit(void)
{
	platform_device_unregister(board_device);
	platform_driver_unregister(&board_driver);
	listeners_drop();
}

module_init(board_init);
module_exit(board_exit);
MODULE_LICENSE("GPL");
