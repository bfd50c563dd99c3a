/* SPDX-License-Identifier: MIT */
static int request_try(struct request *req, int error)
{
	if (error) {
		kfree(req);
		return error;
	}
	req->tries++;
	return 0;
}

static int request_loop(struct queue *queue)
{
	struct request *req;

	while ((req = queue_take(queue)) != NULL) {
		queue->sum += req->id;
		kfree(req);
	}
	return 0;
}
