/* SPDX-License-Identifier: MIT */
/* sarif_rule.c - rules as SARIF describes them: the catalogue's, and those of who brings his own */
#include "sarif_rule.h"
#include "sarif_place.h"

#include <stdlib.h>
#include <string.h>

/* The weakness each rule is about, as far as the Common Weakness Enumeration has it. */
static const struct {
	const char *rule, *tag;
} weaknesses[] = {
	{ "sleep-in-atomic", "external/cwe/cwe-833" },
	{ "null-unchecked", "external/cwe/cwe-476" },
	{ "leak", "external/cwe/cwe-401" },
	{ "double-free", "external/cwe/cwe-415" },
	{ "use-after-free", "external/cwe/cwe-416" },
	{ "out-of-bounds", "external/cwe/cwe-787" },
	{ "invalid-free", "external/cwe/cwe-763" },
	{ "size-overflow", "external/cwe/cwe-190" },
	{ "reclaim-deadlock", "external/cwe/cwe-833" },
	{ "uninitialized-read", "external/cwe/cwe-908" },
	{ "bug", "external/cwe/cwe-667" },
	{ "crash", "external/cwe/cwe-476" },
	{ "hang", "external/cwe/cwe-835" },
};

const char *sarif_level_name(enum sarif_level level)
{
	return level == SARIF_ERROR ? "error" : level == SARIF_WARNING ? "warning" : "note";
}

struct sarif_rule sarif_catalog_rule(const struct rule *rule)
{
	const struct rule_text *text = rule_text_of(rule);

	return (struct sarif_rule){
		.id = rule->id,
		.line = rule->line,
		.text = text ? text->text : NULL,
		.help = rule->help,
		.wrong = text ? text->wrong : NULL,
		.right = text ? text->right : NULL,
		.precision = "very-high",
		.level = rule->severity == KM_ERROR ? SARIF_ERROR : SARIF_WARNING,
	};
}

/* Wrapped lines are one paragraph. */
static void put_paragraph(struct text *text, const char *words)
{
	for (; *words; words++)
		text_put(text, *words == '\n' ? " " : words, 1);
}

static char *help_text(const struct sarif_rule *rule)
{
	struct text text = { 0 };

	if (rule->text)
		put_paragraph(&text, rule->text);
	if (rule->help)
		text_add(&text, "%s%s", text.bytes ? "\n\n" : "", rule->help);
	if (rule->wrong)
		text_add(&text, "\n\nWrong:\n\n%s", rule->wrong);
	if (rule->right)
		text_add(&text, "\nRight:\n\n%s", rule->right);
	return text.data ? text.data : need_copy(rule->line);
}

static char *help_markdown(const struct sarif_rule *rule)
{
	struct text text = { 0 };

	text_add(&text, "**%s**: %s\n", rule->id, rule->line);
	if (rule->text) {
		text_add(&text, "\n");
		put_paragraph(&text, rule->text);
		text_add(&text, "\n");
	}
	if (rule->help)
		text_add(&text, "\n%s\n", rule->help);
	if (rule->wrong)
		text_add(&text, "\nWrong:\n\n```c\n%s```\n", rule->wrong);
	if (rule->right)
		text_add(&text, "\nRight:\n\n```c\n%s```\n", rule->right);
	return text.data;
}

static void add_text(cJSON *item, const char *key, char *text)
{
	cJSON_AddItemToObject(item, key, sarif_text(text));
	free(text);
}

static void add_tags(cJSON *properties, const char *id)
{
	cJSON *tags = cJSON_AddArrayToObject(properties, "tags");

	cJSON_AddItemToArray(tags, cJSON_CreateString("kernel"));
	cJSON_AddItemToArray(tags, cJSON_CreateString("memory"));
	for (size_t i = 0; i < sizeof(weaknesses) / sizeof(weaknesses[0]); i++)
		if (strcmp(weaknesses[i].rule, id) == 0)
			cJSON_AddItemToArray(tags, cJSON_CreateString(weaknesses[i].tag));
}

cJSON *sarif_rule_item(const struct sarif_rule *rule)
{
	cJSON *item = cJSON_CreateObject(), *help, *properties;
	struct text whole = { 0 };
	char *markdown = help_markdown(rule);

	put_paragraph(&whole, rule->text ? rule->text : rule->line);
	json_string(item, "id", rule->id);
	add_text(item, "shortDescription", text_format("%s.", rule->line));
	add_text(item, "fullDescription", whole.data ? whole.data : need_copy(""));
	add_text(item, "help", help_text(rule));
	help = cJSON_GetObjectItem(item, "help");
	json_string(help, "markdown", markdown);
	json_string(cJSON_AddObjectToObject(item, "defaultConfiguration"), "level",
		    sarif_level_name(rule->level));
	properties = cJSON_AddObjectToObject(item, "properties");
	add_tags(properties, rule->id);
	if (rule->precision)
		json_string(properties, "precision", rule->precision);
	free(markdown);
	return item;
}
