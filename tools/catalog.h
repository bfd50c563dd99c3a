/* SPDX-License-Identifier: MIT */
/* catalog.h - the rules as the command knows them: the catalogue, with the longer texts */
#ifndef CATALOG_H
#define CATALOG_H

#include "explain.h"

#include <stdbool.h>

enum severity { KM_ADVICE, KM_ERROR };

struct rule {
	const char *id;
	enum severity severity;
	bool is_enforced;
	const char *line, *source, *help;
};

extern const struct rule rules[];
extern const unsigned int rule_count;

const struct rule *rule_find(const char *id); /* NULL: there is none */
const struct rule_text *rule_text_of(const struct rule *rule); /* NULL: there is none */

#endif
