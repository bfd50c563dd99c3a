/* SPDX-License-Identifier: MIT */
/* Tested in each way that drivers test. */
static int ring_probe(struct platform_device *pdev)
{
	struct ring *ring;

	ring = devm_kzalloc(&pdev->dev, sizeof(*ring), GFP_KERNEL);
	if (!ring)
		return -ENOMEM;
	ring->count = 16;
	return 0;
}

static int ring_setup(struct ring *ring)
{
	ring->shadow = vmalloc(PAGE_SIZE);
	ring->desc = kcalloc(ring->count, sizeof(*ring->desc), GFP_KERNEL);
	if (!ring->shadow || !ring->desc)
		goto fail;
	ring->desc->flags = 0;
	ring->shadow[0] = 1;
	return 0;
fail:
	kfree(ring->desc);
	vfree(ring->shadow);
	return -ENOMEM;
}

static struct ring *ring_must(void)
{
	struct ring *ring = kmalloc(sizeof(*ring), GFP_KERNEL | __GFP_NOFAIL);

	ring->count = 1;
	return ring;
}

static char *ring_name(const char *base)
{
	char *name = kstrdup(base, GFP_KERNEL);

	if (name != NULL)
		name[0] = 'r';
	return name;
}

static int ring_in_condition(void)
{
	struct ring *ring;

	if ((ring = kmalloc(sizeof(*ring), GFP_KERNEL)) == NULL)
		return -ENOMEM;
	ring->count = sizeof(*ring);
	kfree(ring);
	return 0;
}

static struct base *ring_base(void)
{
	struct ring *ring = kzalloc(sizeof(*ring), GFP_KERNEL);

	return (ring) ? &ring->base : NULL;
}

static void crtc_reset(struct crtc *crtc)
{
	struct crtc_state *state = kzalloc(sizeof(*state), GFP_KERNEL);

	crtc_helper_reset(crtc, &state->base);
	if (state)
		INIT_WORK(&state->work, crtc_worker);
}
