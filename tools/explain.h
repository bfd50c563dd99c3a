/* SPDX-License-Identifier: MIT */
/* explain.h - what is told about each rule beyond its line in the catalogue */
#ifndef EXPLAIN_H
#define EXPLAIN_H

struct rule_text {
	const char *id;
	const char *text; /* why, and what to do */
	const char *wrong, *right; /* examples; NULL: none makes sense */
};

extern const struct rule_text rule_texts[];
extern const unsigned int rule_text_count;

#endif
