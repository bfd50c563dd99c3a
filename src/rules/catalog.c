/* SPDX-License-Identifier: MIT */
/* catalog.c - the catalogue as a table; owns nothing else, never changes */
#include "rules/rules.h"

const struct catalog_entry catalog[] = {
#define KM_RULE(name, id, severity, built, text, source, help)                                     \
	{ id, severity, built, text, source, help },
#include "rules/catalog.def"
#undef KM_RULE
};
const unsigned int catalog_count = sizeof(catalog) / sizeof(catalog[0]);

/* The entry whose id is the @length characters at @id. */
const struct catalog_entry *catalog_find(const char *id, size_t length)
{
	for (unsigned int i = 0; i < catalog_count; i++) {
		size_t at = 0;

		while (at < length && catalog[i].id[at] == id[at])
			at++;
		if (at == length && !catalog[i].id[at])
			return &catalog[i];
	}
	return NULL;
}
