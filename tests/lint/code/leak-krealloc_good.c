/* SPDX-License-Identifier: MIT */
static int list_grow(struct names *names, unsigned int bytes)
{
	char *more = krealloc(names->at, bytes, GFP_KERNEL);

	if (!more)
		return -ENOMEM;
	names->at = more;
	return 0;
}

static int copy_grow(struct names *names, unsigned int bytes)
{
	char *at = names->at;

	at = krealloc(at, bytes, GFP_KERNEL);
	if (!at)
		return -ENOMEM;
	names->at = at;
	return 0;
}
