/* SPDX-License-Identifier: MIT */
/* Managed memory fails like any other, and so does a managed string. */
#include <linux/device.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>

struct board { char *name; int lines; };

static int board_probe(struct platform_device *pdev)
{
	struct board *board = devm_kzalloc(&pdev->dev, sizeof(*board), GFP_KERNEL);

	board->lines = 4; /* finding: null-unchecked */
	board->name = devm_kasprintf(&pdev->dev, GFP_KERNEL, "board-%d", board->lines);
	if (strlen(board->name) > 10) /* finding: null-unchecked */
		return -EINVAL;
	platform_set_drvdata(pdev, board);
	return 0;
}

static struct platform_driver board_driver = {
	.probe = board_probe,
	.driver = { .name = "board" },
};

static struct platform_device *device;

static int __init board_init(void)
{
	int error = platform_driver_register(&board_driver);

	if (error)
		return error;
	device = platform_device_register_simple("board", -1, NULL, 0);
	if (IS_ERR(device)) {
		platform_driver_unregister(&board_driver);
		return PTR_ERR(device);
	}
	return 0;
}

static void __exit board_exit(void)
{
	platform_device_unregister(device);
	platform_driver_unregister(&board_driver);
}

module_init(board_init);
module_exit(board_exit);
MODULE_LICENSE("GPL");
