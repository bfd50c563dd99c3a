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

static int file_release(struct session *session, int dofree)
{
	if (!--session->users) {
		if (dofree)
			kfree(session);
		else
			session->speed = 0;
	}
	if (!dofree)
		device_abort(session->device);
	return 0;
}

static int request_add(struct table *table)
{
	struct request *request;
	int ret = 0;

	request = kzalloc(sizeof(*request), GFP_KERNEL);
	if (!request)
		return -ENOMEM;
	if (!table->head) {
		table->head = kzalloc(64, GFP_KERNEL);
		if (!table->head) {
			kfree(request);
			ret = -ENOMEM;
			goto out;
		}
	}
	list_add(&request->entry, table->head);
out:
	table_unlock(table);
	if (!ret)
		table_tell(request->id);
	return ret;
}
