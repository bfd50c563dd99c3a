/* SPDX-License-Identifier: MIT */
/* verb.h - the verbs of the command; each gets the arguments after its name and returns the exit
 * status */
#ifndef VERB_H
#define VERB_H

int verb_check(int argc, char **argv);
int verb_explain(int argc, char **argv);
int verb_gfp(int argc, char **argv);
int verb_lint(int argc, char **argv);

void explain_list_rules(void);

#endif
