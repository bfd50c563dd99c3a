/* SPDX-License-Identifier: MIT */
/*
 * lint.h - `kmalloc lint`: semantic patches over code that cannot be run
 *
 * A lint is: the patches (lint_patch.c) are put together into one, the files (lint_files.c) are
 * handed in portions to one spatch for each job (lint_run.c), which prints a line for each finding
 * (lint_finding.c); what a baseline knows is left out (lint_baseline.c) and the rest is told.
 */
#ifndef LINT_H
#define LINT_H

#include "text.h"

enum confidence { CONFIDENCE_LOW, CONFIDENCE_MEDIUM, CONFIDENCE_HIGH };

/* One semantic patch file with an id of its own. */
struct lint_rule {
	char *id, *title, *help, *false_note;
	char *needs; /* a file of facts it builds on, or NULL */
	char *text;
	enum confidence confidence;
	bool is_error, is_wanted;
};

struct lint_rules {
	char *directory;
	struct lint_rule *at; /* sorted by id */
	size_t count;
};

struct lint_request {
	struct words paths, only;
	const char *baseline, *write_baseline, *sarif, *spatch;
	enum confidence min_confidence;
	uint64_t jobs, seconds; /* seconds: for one file */
	bool json, list, verbose;
	int argc; /* as given, for --sarif */
	char *const *argv;
};

struct lint_site {
	char *role;
	unsigned int line;
};

struct lint_finding {
	const struct lint_rule *rule;
	enum confidence confidence;
	char *file, *function, *message, *source; /* source: the line as it stands, trimmed */
	unsigned int line, column;
	struct lint_site *sites;
	size_t site_count;
	bool is_known; /* to the baseline */
};

struct lint_result {
	struct lint_finding *findings;
	size_t count;
	size_t files, read; /* files seen; of these, read by spatch */
	struct words unparsed, given_up; /* files with parts, or as a whole, not looked at */
};

const char *confidence_name(enum confidence confidence);
bool confidence_parse(const char *name, enum confidence *ret_confidence);

/* -- lint_patch.c -- */
int rules_load(struct lint_rules *ret_rules);
int rules_choose(struct lint_rules *rules, const struct lint_request *request);
void rules_list(const struct lint_rules *rules);
const struct lint_rule *rules_find(const struct lint_rules *rules, const char *id);
int rules_compose(const struct lint_rules *rules, struct text *ret_patch);

/* -- lint_files.c -- */
char *lint_file_text(const char *path); /* NULL: cannot be read */
int files_collect(const struct words *paths, struct words *ret_files, size_t *ret_seen);

/* -- lint_run.c -- */
int lint_run(const struct lint_request *request, const struct lint_rules *rules,
	     const struct words *files, struct lint_result *result);

/* -- lint_finding.c -- */
bool finding_read(const struct lint_rules *rules, char *line, struct lint_finding *ret_finding);
void findings_settle(struct lint_result *result); /* sorted, each once, with its source line */
void findings_print(const struct lint_result *result);
void findings_json(const struct lint_result *result);

/* -- lint_sarif.c -- */
/* @verdict: the exit status.  Return: it, or 2: not written. */
int findings_sarif(const struct lint_request *request, const struct lint_rules *rules,
		   const struct lint_result *result, int verdict);

/* -- lint_baseline.c -- */
int baseline_apply(const char *path, struct lint_result *result);
int baseline_write(const char *path, const struct lint_result *result);
char *finding_fingerprint(const struct lint_finding *finding, const char *directory);

#endif
