/* SPDX-License-Identifier: MIT */
/* Results that nobody looks at. */
struct ring {
	struct desc *desc;
	u32 *shadow;
	unsigned int count;
	spinlock_t lock;
};

static int ring_probe(struct platform_device *pdev)
{
	struct ring *ring;

	ring = devm_kzalloc(&pdev->dev, sizeof(*ring), GFP_KERNEL);
	ring->count = 16; /* expect: null-unchecked */
	platform_set_drvdata(pdev, ring);
	return 0;
}

static int ring_setup(struct ring *ring)
{
	ring->shadow = vmalloc(PAGE_SIZE);
	memset(ring->shadow, 0xff, PAGE_SIZE); /* expect: null-unchecked */
	return 0;
}

static char *ring_name(struct ring *ring, const char *base)
{
	char *name = kstrdup(base, GFP_KERNEL);

	name[0] = 'r'; /* expect: null-unchecked */
	return name;
}

static struct ring *ring_clone(struct kmem_cache *rings, const struct ring *from)
{
	struct ring *ring = kmem_cache_alloc(rings, GFP_ATOMIC);

	*ring = *from; /* expect: null-unchecked */
	spin_lock_init(&ring->lock);
	return ring;
}

static int ring_start(struct device *dev)
{
	struct ring *ring;

	if (!dev)
		return -ENODEV;
	ring = kmalloc(sizeof(*ring), GFP_KERNEL);
	spin_lock_init(&ring->lock); /* expect: null-unchecked */
	if (!ring)
		return -ENOMEM;
	dev_set_drvdata(dev, ring);
	return 0;
}

static int ring_load(struct ring *ring, const void __user *from)
{
	struct sk_buff *skb = alloc_skb(64, GFP_KERNEL);
	void *data = kmalloc(64, GFP_KERNEL);

	skb_reserve(skb, 2); /* expect: null-unchecked */
	return copy_from_user(data, from, 64) ? -EFAULT : 0; /* expect: null-unchecked */
}

static void crtc_reset(struct crtc *crtc)
{
	struct crtc_state *state = kzalloc(sizeof(*state), GFP_KERNEL);

	INIT_WORK(&state->work, crtc_worker); /* expect: null-unchecked */
	if (state)
		crtc_helper_reset(crtc, &state->base);
}
