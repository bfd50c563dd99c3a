/* SPDX-License-Identifier: MIT */
static int buffer_send(struct port *port, char *buffer, size_t length)
{
	int sent = port_write(port, buffer, length);

	kfree(buffer);
	if (sent < 0)
		return buffer[0]; /* expect: use-after-free.path */
	return 0;
}

static int request_try(struct request *req, int error)
{
	if (error)
		kfree(req);
	if (req_is_old(error))
		req->tries++; /* expect: use-after-free.path */
	return error;
}

static int session_end(struct session *session, int dofree)
{
	int ret = 0;

	if (dofree) {
		kfree(session);
		ret = -ENODEV;
	}
	sessions_unlock();
	if (ret)
		session_log(session->id); /* expect: use-after-free.path */
	return ret;
}
