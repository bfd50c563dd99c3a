/* SPDX-License-Identifier: MIT */
/* finding.h - what the runs of a check found, each once, in terms of the user's files */
#ifndef FINDING_H
#define FINDING_H

#include "kunit.h"
#include "symbols.h"

struct place {
	const char *file, *function;
	int line; /* 0: no line of the module is known */
	int column; /* in bytes from 1; 0: not known */
};

struct held_lock {
	char *name;
	struct place taken;
};

/* Another place that has to do with the finding. */
struct involved {
	const char *role; /* "allocated", "freed", "failed", or what the rule calls it */
	const char *by; /* task that did it; NULL: not known */
	struct place place;
	struct frame *stack;
	unsigned int stack_count;
	/* "failed": the allocation */
	const char *what;
	uint64_t bytes, hash;
};
#define MAX_INVOLVED (3 + FINDING_ALSO + PLAN_MAX)

struct report {
	const char *rule, *message, *help, *source;
	bool is_error;
	const char *static_tool; /* a compiler told it, no run: its name; NULL: a run */
	struct place place;
	const struct run_finding *finding; /* NULL: made by this command */
	struct frame *stack;
	unsigned int stack_count;
	struct held_lock locks[16];
	unsigned int lock_count;
	struct involved sites[MAX_INVOLVED];
	unsigned int site_count;
	struct plan plan; /* what the run shown was to make fail */
	uint64_t seed; /* of that run */
	unsigned int runs; /* in how many runs it was seen */
	const struct run *last_run; /* the last of them */
};

struct reports {
	struct report *at;
	size_t count, room;
	unsigned int errors, advice;
	struct kunit_results kunit; /* of the base run */
};

void reports_make(struct reports *ret_reports, const struct sweep *sweep, struct symbols *symbols,
		  const struct request *request, const struct build *build);

/* What the runs of another program found of one rule. */
void reports_add(struct reports *reports, const struct sweep *sweep, struct symbols *symbols,
		 const struct request *request, const char *rule);

void print_reports(const struct reports *reports, const struct sweep *sweep,
		   const struct request *request, bool uses_kunit);
/*
 * Engine frames inside the call the module made say nothing to its author: the last of them, the
 * API call, stays.
 */
unsigned int first_frame_shown(const struct frame *stack, unsigned int count);
void json_reports(const struct reports *reports, const struct request *request);
/* echo.c: leaves out what another finding tells better */
void reports_drop_echoes(struct reports *reports);
/* statement.c: the lines of the statement that begins at @place; "": not readable */
char *place_statement(const struct place *place);
/* literal.c: does the call of @what there ask for a size that is spelled out? */
bool size_is_spelled_out(const struct place *place, const char *what);
/* involved.c: where the last allocation that was made to fail stands; NULL: none was */
const struct place *failed_place(const struct report *report);
/* message.c: the message with what only the reader of the debug information knows */
const char *message_whole(const struct report *report, struct symbols *symbols);
/* told.c: leaves out what another check of the tree has told of files that are not the module's */
void reports_tell_once(struct reports *reports, const struct request *request);
/* replay.c: the command that shows this finding alone again */
char *replay_command(const struct report *report, const struct request *request);

#endif
