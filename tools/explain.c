/* SPDX-License-Identifier: MIT */
/* explain.c - kmalloc explain RULE, and the list of rules: the catalogue, with the longer texts */
#include "catalog.h"
#include "text.h"
#include "verb.h"

#include <stdio.h>
#include <string.h>

static const char *severity_name(const struct rule *rule)
{
	return rule->severity == KM_ERROR ? "error" : "advice";
}

void explain_list_rules(void)
{
	for (unsigned int i = 0; i < rule_count; i++)
		printf("%-20s %-7s %s%s\n", rules[i].id, severity_name(&rules[i]), rules[i].line,
		       rules[i].is_enforced ? "" : " (explained, not enforced yet)");
}

static void print_rule(const struct rule *rule)
{
	const struct rule_text *text = rule_text_of(rule);

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
	const struct rule *rule;

	if (argc == 1 && strcmp(argv[0], "--help") == 0) {
		puts("usage: kmalloc explain RULE\n\nThe rules:");
		explain_list_rules();
		return 0;
	}
	if (argc != 1)
		return unusable("explain takes one rule; kmalloc list-rules names them");
	rule = rule_find(argv[0]);
	if (!rule)
		return unusable("there is no rule '%s'; kmalloc list-rules names them", argv[0]);
	print_rule(rule);
	return 0;
}
