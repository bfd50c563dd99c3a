/* SPDX-License-Identifier: MIT */
/* explain.c - kmalloc explain RULE, and the list of rules: the catalogue, with the longer texts */
#include "explain.h"
#include "text.h"
#include "verb.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum severity { KM_ADVICE, KM_ERROR };

static const struct rule {
	const char *id;
	enum severity severity;
	bool is_enforced;
	const char *line, *source, *help;
} rules[] = {
#define KM_RULE(name, id, severity, enforced, line, source, help)                                  \
	{ id, severity, enforced, line, source, help },
#include "rules/catalog.def"
#undef KM_RULE
};
#define RULES (sizeof(rules) / sizeof(rules[0]))

static const char *severity_name(const struct rule *rule)
{
	return rule->severity == KM_ERROR ? "error" : "advice";
}

static const struct rule_text *text_of(const struct rule *rule)
{
	for (unsigned int i = 0; i < rule_text_count; i++)
		if (strcmp(rule_texts[i].id, rule->id) == 0)
			return &rule_texts[i];
	return NULL;
}

void explain_list_rules(void)
{
	for (size_t i = 0; i < RULES; i++)
		printf("%-20s %-7s %s%s\n", rules[i].id, severity_name(&rules[i]), rules[i].line,
		       rules[i].is_enforced ? "" : " (explained, not enforced yet)");
}

static void print_rule(const struct rule *rule)
{
	const struct rule_text *text = text_of(rule);

	printf("%s (%s): %s\n", rule->id, severity_name(rule), rule->line);
	if (text)
		printf("\n%s\n", text->text);
	printf("\n%s\n", rule->help);
	if (text && text->wrong)
		printf("\nWrong:\n\n%s", text->wrong);
	if (text && text->right)
		printf("\nRight:\n\n%s", text->right);
	printf("\nSource: %s\n", rule->source);
	if (!rule->is_enforced)
		puts("\nThis version explains the rule but does not enforce it yet.");
}

int verb_explain(int argc, char **argv)
{
	if (argc == 1 && strcmp(argv[0], "--help") == 0) {
		puts("usage: kmalloc explain RULE\n\nThe rules:");
		explain_list_rules();
		return 0;
	}
	if (argc != 1)
		return unusable("explain takes one rule; kmalloc list-rules names them");
	for (size_t i = 0; i < RULES; i++) {
		if (strcmp(rules[i].id, argv[0]) == 0) {
			print_rule(&rules[i]);
			return 0;
		}
	}
	return unusable("there is no rule '%s'; kmalloc list-rules names them", argv[0]);
}
