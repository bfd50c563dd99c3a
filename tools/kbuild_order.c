/* SPDX-License-Identifier: MIT */
/*
 * kbuild_order.c - the order in which the modules of a tree are checked
 *
 * K7  Who exports comes before who uses it, as far as their texts tell (EXPORT_SYMBOL and the
 *     name); else the order of the list stays.
 */
#include "kbuild.h"
#include "whole_file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text_of {
	char *text; /* of all its files */
	struct words exports;
	bool is_placed;
};

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t word_bytes(const char *at)
{
	size_t bytes = 0;

	while (is_word_char(at[bytes]))
		bytes++;
	return bytes;
}

static struct words exports_of(const char *text)
{
	struct words names = { 0 };

	for (const char *at = text; (at = strstr(at, "EXPORT_SYMBOL"));) {
		at += word_bytes(at);
		at += strspn(at, " \t");
		if (*at != '(')
			continue;
		at += 1 + strspn(at + 1, " \t");
		if (word_bytes(at))
			words_add(&names, need_part(at, word_bytes(at)));
	}
	return names;
}

static bool mentions(const char *text, const char *word)
{
	size_t bytes = strlen(word);

	for (const char *at = text; (at = strstr(at, word)); at += bytes)
		if ((at == text || !is_word_char(at[-1])) && !is_word_char(at[bytes]))
			return true;
	return false;
}

static bool uses(const struct text_of *user, const struct text_of *other)
{
	for (size_t i = 0; i < other->exports.count; i++)
		if (mentions(user->text, other->exports.at[i]))
			return true;
	return false;
}

/* What it uses comes first; a circle is cut where it was entered. */
static void place(const struct kbuild *kbuild, struct text_of *texts, size_t i,
		  struct kbuild_module *ret_modules, size_t *count)
{
	if (texts[i].is_placed)
		return;
	texts[i].is_placed = true;
	for (size_t k = 0; k < kbuild->count; k++)
		if (k != i && uses(&texts[i], &texts[k]))
			place(kbuild, texts, k, ret_modules, count);
	ret_modules[(*count)++] = kbuild->modules[i];
}

void kbuild_order(struct kbuild *kbuild)
{
	struct text_of *texts = need((kbuild->count + 1) * sizeof(*texts));
	struct kbuild_module *modules = need((kbuild->count + 1) * sizeof(*modules));
	size_t count = 0;

	for (size_t i = 0; i < kbuild->count; i++) {
		struct text text = { 0 };

		for (size_t k = 0; k < kbuild->modules[i].files.count; k++) {
			whole_file_read(kbuild->modules[i].files.at[k], &text);
			text_put(&text, "\n", 1);
		}
		texts[i].text = text.data ? text.data : need_copy("");
		texts[i].exports = exports_of(texts[i].text);
	}
	for (size_t i = 0; i < kbuild->count; i++)
		place(kbuild, texts, i, modules, &count);
	kbuild->modules = modules;
	for (size_t i = 0; i < count; i++)
		free(texts[i].text);
	free(texts);
}
