/* SPDX-License-Identifier: MIT */
/*
 * A text buffer that grows with krealloc(), and a table of words that grows with
 * krealloc_array().
 */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/err.h>
#include <linux/ctype.h>
#include <linux/sort.h>
#include <linux/bsearch.h>

struct log {
	char *text;
	size_t used, size;
};

static struct log log;
static char **words;
static size_t n_words;

static __printf(2, 3) int log_add(struct log *l, const char *fmt, ...)
{
	va_list args;
	int length;

	va_start(args, fmt);
	length = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (l->used + length + 1 > l->size) {
		size_t size = roundup_pow_of_two(l->used + length + 1);
		char *text = krealloc(l->text, size, GFP_KERNEL);

		if (!text)
			return -ENOMEM;
		l->text = text;
		l->size = ksize(text);
		if (l->size > size)
			l->size = size;
	}
	va_start(args, fmt);
	l->used += vscnprintf(l->text + l->used, l->size - l->used, fmt, args);
	va_end(args);
	return 0;
}

static int word_cmp(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int words_split(const char *text)
{
	char *copy = kstrdup(text, GFP_KERNEL), *cursor = copy, *word, **grown;
	int ret = 0;

	if (!copy)
		return -ENOMEM;
	while ((word = strsep(&cursor, " \n")) != NULL) {
		if (!*word)
			continue;
		grown = krealloc_array(words, n_words + 1, sizeof(*words), GFP_KERNEL | __GFP_ZERO);
		if (!grown) {
			ret = -ENOMEM;
			break;
		}
		words = grown;
		words[n_words] = kstrndup(word, 8, GFP_KERNEL);
		if (!words[n_words]) {
			ret = -ENOMEM;
			break;
		}
		n_words++;
	}
	kfree(copy);
	return ret;
}

static void all_free(void)
{
	while (n_words)
		kfree(words[--n_words]);
	kfree(words);
	words = NULL;
	kfree_sensitive(log.text);
	log = (struct log){};
}

static int __init log_init(void)
{
	const char *key = "line";
	char **found;
	int i, ret;

	for (i = 0; i < 40; i++) {
		ret = log_add(&log, "line %d of %pK: %*ph %s\n", i, &log, 4, "abcd",
			      i & 1 ? "odd" : "even");
		if (ret)
			goto err;
	}
	ret = words_split(log.text);
	if (ret)
		goto err;
	sort(words, n_words, sizeof(*words), word_cmp, NULL);
	found = bsearch(&key, words, n_words, sizeof(*words), word_cmp);
	if (!found || strcmp(*found, "line")) {
		ret = -EINVAL;
		goto err;
	}
	pr_debug("%zu words\n", n_words);
	return 0;
err:
	all_free();
	return ret;
}

static void __exit log_exit(void)
{
	all_free();
}

module_init(log_init);
module_exit(log_exit);
MODULE_LICENSE("GPL");
