/* SPDX-License-Identifier: MIT */
/* explain.c - kmalloc explain RULE, and the list of rules */
#include "explain.h"
#include "text.h"
#include "verb.h"

#include <stdio.h>
#include <string.h>

void explain_list_rules(void)
{
	for (unsigned int i = 0; i < rule_text_count; i++)
		printf("%-20s %-7s %s%s\n", rule_texts[i].id, rule_texts[i].severity, rule_texts[i].line,
		       rule_texts[i].is_enforced ? "" : " (explained, not enforced yet)");
}

static void print_rule(const struct rule_text *rule)
{
	printf("%s (%s): %s\n\n%s\n", rule->id, rule->severity, rule->line, rule->text);
	if (rule->wrong)
		printf("\nWrong:\n\n%s", rule->wrong);
	if (rule->right)
		printf("\nRight:\n\n%s", rule->right);
	if (rule->source)
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
	for (unsigned int i = 0; i < rule_text_count; i++) {
		if (strcmp(rule_texts[i].id, argv[0]) == 0) {
			print_rule(&rule_texts[i]);
			return 0;
		}
	}
	return unusable("there is no rule '%s'; kmalloc list-rules names them", argv[0]);
}
