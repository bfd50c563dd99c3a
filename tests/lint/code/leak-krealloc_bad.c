/* SPDX-License-Identifier: MIT */
static int list_grow(struct names *names, unsigned int count)
{
	names->at = krealloc(names->at, count * 8, GFP_KERNEL); /* expect: leak.krealloc */
	if (!names->at)
		return -ENOMEM;
	return 0;
}

static char *text_grow(const char *part)
{
	char *text = NULL;

	text = krealloc(text, strlen(part) + 1, GFP_KERNEL); /* expect: leak.krealloc */
	if (text)
		strcpy(text, part);
	return text;
}

static int stats_grow(struct stats *stats, int n)
{
	struct ring **old;

	old = stats->rings;
	if (old)
		stats_show(old);
	stats->other = krealloc(stats->other, n, GFP_KERNEL); /* expect: leak.krealloc */
	if (!stats->other)
		return -ENOMEM;
	return 0;
}
