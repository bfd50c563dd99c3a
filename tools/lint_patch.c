/* SPDX-License-Identifier: MIT */
/*
 * lint_patch.c - the semantic patches: what they tell of themselves, and one made of many
 *
 * Owns: lint/ID.cocci with a head of `// key: value` lines, lint/names.txt with the lists of names,
 * and the order in which all that is put together: common.cocci, ways.cocci, the facts that are
 * needed, the patches by id.
 * L1  A patch without an id is no rule; common.cocci, ways.cocci and facts-*.cocci are such.
 * L2  $name in a patch is the list of that name in names.txt; an unknown one ends the command.
 */
#include "lint.h"
#include "whole_file.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const confidences[] = { "low", "medium", "high" };

const char *confidence_name(enum confidence confidence)
{
	return confidences[confidence];
}

bool confidence_parse(const char *name, enum confidence *ret_confidence)
{
	for (int i = CONFIDENCE_LOW; i <= CONFIDENCE_HIGH; i++) {
		if (strcmp(name, confidences[i]) != 0)
			continue;
		*ret_confidence = (enum confidence)i;
		return true;
	}
	return false;
}

/* -- where the patches lie -- */

static char *patches_at(const char *dir)
{
	char *names = text_format("%s/names.txt", dir);
	char *real = access(names, R_OK) == 0 ? realpath(dir, NULL) : NULL;

	free(names);
	return real;
}

/* BUILD/kmalloc: a file of the build tells where the sources are, or it lies in them. */
static char *patches_in_build_tree(const char *base)
{
	char *note = text_format("%s/packaging/source-root", base), *dir;
	char *line = whole_file_first_line(note);

	free(note);
	if (!line)
		return NULL;
	dir = access(line, R_OK) == 0 ? text_format("%s/lint", line)
				      : text_format("%s/../lint", base);
	return patches_at(dir);
}

static char *patches_find(void)
{
	char self[PATH_MAX], *slash, *found;
	ssize_t bytes = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (bytes <= 0)
		return NULL;
	self[bytes] = 0;
	slash = strrchr(self, '/');
	if (!slash)
		return NULL;
	*slash = 0;
	found = patches_in_build_tree(self);
	return found ? found : patches_at(text_format("%s/../" KM_DATADIR "/kmalloc/lint", self));
}

/* -- the head of a patch -- */

/* The value behind `// key: ` in the head; NULL: there is none. */
static char *head_value(const char *text, const char *key)
{
	char *start = text_format("// %s: ", key), *value = NULL;

	while (!value && is_prefix(text, "//")) {
		size_t bytes = strcspn(text, "\n");

		if (is_prefix(text, start))
			value = need_part(text + strlen(start), bytes - strlen(start));
		text += bytes + (text[bytes] == '\n');
	}
	free(start);
	return value;
}

static int rule_read(const char *path, struct lint_rule *rule)
{
	char *text = lint_file_text(path), *word;

	if (!text)
		return unusable("cannot read the semantic patch '%s'", path);
	*rule = (struct lint_rule){ .text = text, .is_error = true };
	rule->id = head_value(text, "id");
	if (!rule->id)
		return 0;
	rule->title = head_value(text, "title");
	rule->help = head_value(text, "help");
	rule->false_note = head_value(text, "false");
	rule->needs = head_value(text, "needs");
	word = head_value(text, "severity");
	rule->is_error = !word || strcmp(word, "advice") != 0;
	free(word);
	word = head_value(text, "confidence");
	if (!word || !confidence_parse(word, &rule->confidence) || !rule->title || !rule->help ||
	    !rule->false_note)
		return unusable("the semantic patch '%s' lacks a line of its head", path);
	free(word);
	return 0;
}

static int by_id(const void *left, const void *right)
{
	const struct lint_rule *a = left, *b = right;

	return strcmp(a->id, b->id);
}

int rules_load(struct lint_rules *ret_rules)
{
	struct lint_rules rules = { .directory = patches_find() };
	DIR *dir = rules.directory ? opendir(rules.directory) : NULL;
	struct dirent *entry;
	int status = 0;

	if (!dir)
		return unusable("cannot find the semantic patches of this command; build or "
				"install it again");
	while (!status && (entry = readdir(dir))) {
		const char *dot = strrchr(entry->d_name, '.');
		char *path;

		if (!dot || strcmp(dot, ".cocci") != 0)
			continue;
		path = text_format("%s/%s", rules.directory, entry->d_name);
		rules.at = need_more(rules.at, (rules.count + 1) * sizeof(*rules.at));
		status = rule_read(path, &rules.at[rules.count]);
		if (!status && rules.at[rules.count].id)
			rules.count++;
		free(path);
	}
	closedir(dir);
	qsort(rules.at, rules.count, sizeof(*rules.at), by_id);
	*ret_rules = rules;
	return status;
}

const struct lint_rule *rules_find(const struct lint_rules *rules, const char *id)
{
	for (size_t i = 0; i < rules->count; i++)
		if (strcmp(rules->at[i].id, id) == 0)
			return &rules->at[i];
	return NULL;
}

/* "leak" names leak and all leak.*, "leak.krealloc" itself. */
static bool is_named_by(const char *id, const char *name)
{
	size_t bytes = strlen(name);

	return strncmp(id, name, bytes) == 0 && (id[bytes] == 0 || id[bytes] == '.');
}

int rules_choose(struct lint_rules *rules, const struct lint_request *request)
{
	size_t chosen = 0;

	for (size_t i = 0; i < rules->count; i++)
		rules->at[i].is_wanted = request->only.count == 0;
	for (size_t k = 0; k < request->only.count; k++) {
		bool found = false;

		for (size_t i = 0; i < rules->count; i++) {
			if (!is_named_by(rules->at[i].id, request->only.at[k]))
				continue;
			rules->at[i].is_wanted = found = true;
		}
		if (!found)
			return unusable("lint has no rule '%s'; kmalloc lint --list names them",
					request->only.at[k]);
	}
	for (size_t i = 0; i < rules->count; i++) {
		rules->at[i].is_wanted &= rules->at[i].confidence >= request->min_confidence;
		chosen += rules->at[i].is_wanted;
	}
	if (!chosen)
		return unusable("no rule is left: those of --only are below --min-confidence %s",
				confidence_name(request->min_confidence));
	return 0;
}

void rules_list(const struct lint_rules *rules)
{
	for (size_t i = 0; i < rules->count; i++) {
		const struct lint_rule *rule = &rules->at[i];

		printf("%s (%s, %s)\n    %s\n    instead: %s\n    may be false: %s\n", rule->id,
		       rule->is_error ? "error" : "advice", confidence_name(rule->confidence),
		       rule->title, rule->help, rule->false_note);
	}
}

/* -- one patch made of many -- */

/* The words of a list of names.txt: `name: word word`, on the next lines after a blank. */
static char *list_words(const char *names, const char *name, size_t bytes)
{
	struct text found = { 0 };
	bool is_inside = false;

	while (*names) {
		size_t line = strcspn(names, "\n");

		if (*names != ' ' && *names != '\t')
			is_inside = strncmp(names, name, bytes) == 0 && names[bytes] == ':';
		if (is_inside) {
			size_t skip = *names == ' ' || *names == '\t' ? 0 : bytes + 1;

			text_put(&found, names + skip, line - skip);
			text_put(&found, " ", 1);
		}
		names += line + (names[line] == '\n');
	}
	return found.data;
}

static int add_list(struct text *patch, const char *names, const char *name, size_t bytes)
{
	char *text = list_words(names, name, bytes);
	struct words words = { 0 };
	int status = 0;

	if (!text)
		return unusable("a semantic patch names the list '$%.*s', which names.txt lacks",
				(int)bytes, name);
	words_add_split(&words, text);
	free(text);
	for (size_t i = 0; i < words.count && !status; i++) {
		const char *word = words.at[i];

		if (i)
			text_put(patch, ",", 1);
		if (*word == '$')
			status = add_list(patch, names, word + 1, strlen(word + 1));
		else
			text_put(patch, word, strlen(word));
	}
	return status;
}

/* L2; a $ before anything but a small letter is left alone: scripts have regular expressions. */
static int add_filled(struct text *patch, const char *names, const char *text)
{
	int status = 0;

	while (*text && !status) {
		size_t plain = strcspn(text, "$"), bytes;

		text_put(patch, text, plain);
		text += plain;
		if (!*text)
			break;
		bytes = strspn(text + 1, "abcdefghijklmnopqrstuvwxyz_");
		if (bytes)
			status = add_list(patch, names, text + 1, bytes);
		else
			text_put(patch, text, 1);
		text += 1 + bytes;
	}
	text_put(patch, "\n", 1);
	return status;
}

static int add_file(struct text *patch, const char *names, const char *directory, const char *name)
{
	char *path = text_format("%s/%s.cocci", directory, name), *text = lint_file_text(path);
	int status = text ? add_filled(patch, names, text)
			  : unusable("cannot read the semantic patch '%s'", path);

	free(text);
	free(path);
	return status;
}

static int add_facts(struct text *patch, const char *names, const struct lint_rules *rules)
{
	struct words facts = { 0 };
	int status = 0;

	for (size_t i = 0; i < rules->count; i++) {
		const char *needs = rules->at[i].is_wanted ? rules->at[i].needs : NULL;
		bool is_there = !needs;

		for (size_t k = 0; k < facts.count && !is_there; k++)
			is_there = strcmp(facts.at[k], needs) == 0;
		if (is_there)
			continue;
		words_add(&facts, needs);
		status = add_file(patch, names, rules->directory, needs);
		if (status)
			return status;
	}
	return 0;
}

int rules_compose(const struct lint_rules *rules, struct text *ret_patch)
{
	char *path = text_format("%s/names.txt", rules->directory);
	char *names = lint_file_text(path);
	int status;

	if (!names)
		return unusable("cannot read '%s'", path);
	status = add_file(ret_patch, names, rules->directory, "common");
	if (!status)
		status = add_file(ret_patch, names, rules->directory, "ways");
	if (!status)
		status = add_facts(ret_patch, names, rules);
	for (size_t i = 0; i < rules->count && !status; i++)
		if (rules->at[i].is_wanted)
			status = add_filled(ret_patch, names, rules->at[i].text);
	free(names);
	free(path);
	return status;
}
