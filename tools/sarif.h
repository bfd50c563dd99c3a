/* SPDX-License-Identifier: MIT */
/*
 * sarif.h - findings as a SARIF 2.1.0 file, for editors and code hosts
 *
 * Whoever has findings - check, lint, static analyzers - writes them with it:
 *
 *	struct sarif *sarif = sarif_open(path, argc, argv);	NULL after one line: exit 2
 *	sarif_rule(sarif, &rule);				only rules that the catalogue lacks
 *	sarif_result(sarif, &result);				one a finding; texts are copied
 *	sarif_notice(sarif, SARIF_WARNING, text);		what the reader must know of the run
 *	status = sarif_close(sarif, status);			writes; @status, or 2 after one line
 *
 * S1  The file appears whole or not at all: until sarif_close() what was there before stays.
 * S2  Nothing of the clock and no address is in it; results keep the order they came in.
 * S3  A path below the base directory (%SRCROOT%: $GITHUB_WORKSPACE where the command runs below
 *     it, else the working directory) is relative to it; any other is a file: URI.
 * S4  The fingerprint of a result is of its rule, file, function and the text of its line (and of
 *     each place told apart by `is_identity`), so that it stays when lines move.
 * S5  Texts need not be UTF-8: what is not becomes '?'.
 */
#ifndef SARIF_H
#define SARIF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct sarif;

enum sarif_level { SARIF_ERROR, SARIF_WARNING, SARIF_NOTE };

struct sarif_rule {
	const char *id, *line; /* the line: one short sentence without a full stop */
	const char *text, *help; /* why; what to do instead.  NULL: nothing to say */
	const char *wrong, *right; /* examples of code; NULL: none */
	const char *precision; /* "very-high", "high", "medium", "low"; NULL: not told */
	enum sarif_level level;
};

/* A place in the code: file NULL for code that is not the user's, line 0 when it is not known. */
struct sarif_place {
	const char *file, *function; /* function NULL: not known */
	int line, column; /* column in bytes from 1; 0: not known */
};

/* What a step of a flow does. */
enum sarif_kind {
	SARIF_STEP,
	SARIF_ACQUIRE_MEMORY,
	SARIF_RELEASE_MEMORY,
	SARIF_ACQUIRE_LOCK,
	SARIF_FAILED,
};

/* A place on the way to the result, in the order of time. */
struct sarif_step {
	struct sarif_place place;
	const char *text; /* "allocated by insmod/1" */
	enum sarif_kind kind;
	const struct sarif_place *stack; /* innermost first; may be NULL */
	size_t stack_count;
	bool is_identity; /* two results that differ here are two to S4 */
};

struct sarif_property {
	const char *key, *value;
	bool is_number; /* @value is its digits, or true or false */
};

struct sarif_result {
	const char *rule;
	enum sarif_level level;
	const char *message, *help; /* help NULL: none */
	struct sarif_place place;
	const struct sarif_place *stack; /* innermost first; may be NULL */
	size_t stack_count;
	const struct sarif_step *flow; /* what led to it, without the place itself */
	size_t flow_count;
	const struct sarif_property *properties;
	size_t property_count;
};

struct sarif *sarif_open(const char *path, int argc, char *const *argv);
void sarif_rule(struct sarif *sarif, const struct sarif_rule *rule);
void sarif_file(struct sarif *sarif, const char *file); /* was looked at */
void sarif_result(struct sarif *sarif, const struct sarif_result *result);
void sarif_notice(struct sarif *sarif, enum sarif_level level, const char *text);
/* A part found by another process: there sarif_part(), then sarif_give(); here sarif_take(). */
void sarif_part(struct sarif *sarif);
void sarif_give(const struct sarif *sarif, FILE *to);
void sarif_take(struct sarif *sarif, FILE *from);
int sarif_close(struct sarif *sarif, int status);

#endif
