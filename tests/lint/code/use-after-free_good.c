/* SPDX-License-Identifier: MIT */
static void request_end(struct request *req)
{
	complete(&req->done);
	kfree(req);
}

static void packet_sent(struct nic *nic, struct sk_buff *skb)
{
	unsigned int bytes = skb->len;

	dev_kfree_skb_any(skb);
	nic->stats.tx_bytes += bytes;
}

static void list_drop(struct queue *queue)
{
	struct request *req, *next;

	list_for_each_entry_safe(req, next, &queue->list, entry) {
		list_del(&req->entry);
		kfree(req);
	}
}

static void chain_drop(struct request *req)
{
	while (req) {
		struct request *gone = req;

		req = req->next;
		kfree(gone);
	}
}

static struct request *request_again(struct request *req)
{
	kfree(req);
	req = kzalloc(sizeof(*req), GFP_KERNEL);
	if (!req)
		return NULL;
	req->id = 1;
	return req;
}

static void queue_drop(struct queue *queue)
{
	kfree(queue->ring);
	queue->ring = NULL;
	queue->size = sizeof(queue->ring[0]);
}

static struct request *request_put(struct request *req)
{
	request_log(req);
	kfree(req);
	pr_info("freed %p\n", req);
	return NULL;
}

static struct mapping *mapping_get(struct object *object)
{
	struct mapping *mapping;
	int ret;

	mapping = kzalloc(sizeof(*mapping), GFP_KERNEL);
	if (!mapping)
		return ERR_PTR(-ENOMEM);
	ret = mapping_map(object);
	if (ret < 0)
		kfree(mapping);
	else
		list_add_tail(&mapping->node, &object->mappings);
	object_unlock(object);
	if (ret)
		return ERR_PTR(ret);
	return mapping;
}
