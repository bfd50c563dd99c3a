/* SPDX-License-Identifier: MIT */
/* explain.h - what is told about each rule */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include <stdbool.h>

struct rule_text {
	const char *id, *severity;
	bool is_enforced;	/* by this version; the others are explained, not found */
	const char *line;	/* one line, for the list */
	const char *text;	/* why, and what to do */
	const char *wrong, *right;	/* examples; NULL: none makes sense */
	const char *source;
};

extern const struct rule_text rule_texts[];
extern const unsigned int rule_text_count;

#endif
