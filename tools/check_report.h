/* SPDX-License-Identifier: MIT */
/* check_report.h - the findings of a check in the formats of others: SARIF, GitHub's log lines */
#ifndef CHECK_REPORT_H
#define CHECK_REPORT_H

#include "finding.h"
#include "sarif.h"

/* Opens what was asked for; @status of understanding the request.  @status, or 2 after one line. */
int outputs_open(struct request *request, int argc, char *const *argv, int status);
/* Writes it; @status of the check.  @status, or 2 after one line. */
int outputs_close(struct request *request, int status);
/*
 * A module of several is checked by a process of its own (check_dir.c): there first
 * outputs_part(), at its end outputs_give(); what it gave is taken here.
 */
void outputs_part(const struct request *request);
void outputs_give(const struct request *request, int status, FILE *to);
void outputs_take_part(const struct request *request, FILE *from);
/* Why there is no judgement, as unusable() said last (P1). */
void outputs_tell(const struct request *request);
/* What the check found. */
void outputs_take(const struct request *request, const struct reports *reports, bool was_cut);

/* check_sarif.c */
void sarif_reports(struct sarif *sarif, const struct reports *reports,
		   const struct request *request);

#endif
