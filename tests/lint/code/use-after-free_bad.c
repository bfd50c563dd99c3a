/* SPDX-License-Identifier: MIT */
static void request_end(struct request *req)
{
	kfree(req);
	complete(&req->done); /* expect: use-after-free */
}

static int request_fail(struct device *dev, struct request *req, int error)
{
	if (error) {
		kfree(req);
		dev_err(dev, "request %d failed\n", req->id); /* expect: use-after-free */
		return error;
	}
	return 0;
}

static void queue_drop(struct queue *queue)
{
	vfree(queue->ring);
	queue->used = 0;
	queue->free = queue->ring[0]; /* expect: use-after-free */
}

static void packet_sent(struct nic *nic, struct sk_buff *skb)
{
	dev_kfree_skb_any(skb);
	nic->stats.tx_bytes += skb->len; /* expect: use-after-free */
}

static int request_try(struct request *req, int error)
{
	if (error)
		kfree(req);
	req->tries++; /* expect: use-after-free */
	return error;
}

static struct request *request_put(struct request *req)
{
	kfree(req);
	return req; /* expect: use-after-free */
}

static void request_tell(struct kmem_cache *cache, struct request *req, char *name)
{
	kmem_cache_free(cache, req);
	pr_info("request %d\n", req->id); /* expect: use-after-free */
	kfree(name);
	request_log(name); /* expect: use-after-free */
}
