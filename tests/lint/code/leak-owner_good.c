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

static struct service *service_make(const char *name, const char *provider)
{
	struct service *desc = kzalloc(sizeof(*desc), GFP_KERNEL);

	if (!desc)
		return NULL;
	if (name && *name) {
		desc->name = kstrdup(name, GFP_KERNEL);
		if (!desc->name)
			goto free_desc;
	}
	desc->provider = kstrdup(provider, GFP_KERNEL);
	if (!desc->provider)
		goto free_name;
	return desc;

free_name:
	if (name && *name)
		kfree(desc->name);
free_desc:
	kfree(desc);
	return NULL;
}
