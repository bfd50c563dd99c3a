/* SPDX-License-Identifier: MIT */
static int link_probe(struct platform_device *pdev)
{
	struct link *link;
	int error;

	link = kzalloc(sizeof(*link), GFP_KERNEL);
	if (!link)
		return -ENOMEM;
	link->buffer = kmalloc(512, GFP_KERNEL);
	if (!link->buffer) {
		kfree(link);
		return -ENOMEM;
	}
	error = link_start(pdev);
	if (error) {
		kfree(link->buffer);
		kfree(link);
		return error;
	}
	if (link_is_late(pdev)) {
		link_release(link);
		kfree(link);
		return -EAGAIN;
	}
	platform_set_drvdata(pdev, link);
	return 0;
}
