/* SPDX-License-Identifier: MIT */
static int port_open(struct port *port)
{
	char *buffer = kmalloc(64, GFP_KERNEL);
	int error;

	if (!buffer)
		return -ENOMEM;
	error = port_start(port, buffer);
	if (error) {
		kfree(buffer);
		goto out;
	}
	port->buffer = buffer;
	return 0;
out:
	kfree(buffer); /* expect: double-free */
	return error;
}

static void port_close(struct port *port)
{
	kfree(port->name);
	port->is_open = false;
	kfree(port->name); /* expect: double-free */
}

static void table_drop(u32 *table)
{
	vfree(table);
	kvfree(table); /* expect: double-free */
}

static int frame_send(struct port *port, struct frame *frame)
{
	int error = port_push(port);

	if (error)
		kfree(frame);
	if (port->is_dead)
		return -EIO;
	kfree(frame); /* expect: double-free */
	return error;
}

static void node_drop(struct tree *tree, struct node *node)
{
	kmem_cache_free(tree->cache, node);
	tree->count--;
	kmem_cache_free(tree->cache, node); /* expect: double-free */
}
