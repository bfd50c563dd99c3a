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

static int stats_grow(struct stats *stats, int n)
{
	struct ring **old;

	old = stats->rings;
	stats->rings = krealloc_array(stats->rings, n, sizeof(*stats->rings), GFP_KERNEL);
	if (!stats->rings) {
		stats->rings = old;
		return -ENOMEM;
	}
	return 0;
}
