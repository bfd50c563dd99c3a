/* SPDX-License-Identifier: MIT */
/* catalog.c - the rules as the command knows them: the catalogue, with the longer texts */
#include "catalog.h"

#include <string.h>

const struct rule rules[] = {
#define KM_RULE(name, id, severity, enforced, line, source, help)                                  \
	{ id, severity, enforced, line, source, help },
#include "rules/catalog.def"
#undef KM_RULE
};
const unsigned int rule_count = sizeof(rules) / sizeof(rules[0]);

const struct rule *rule_find(const char *id)
{
	for (unsigned int i = 0; i < rule_count; i++)
		if (strcmp(rules[i].id, id) == 0)
			return &rules[i];
	return NULL;
}

const struct rule_text *rule_text_of(const struct rule *rule)
{
	for (unsigned int i = 0; i < rule_text_count; i++)
		if (strcmp(rule_texts[i].id, rule->id) == 0)
			return &rule_texts[i];
	return NULL;
}
