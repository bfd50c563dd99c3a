/* SPDX-License-Identifier: MIT */
/* paint.h - colours, and what is done about a terminal: progress while a check takes long */
#ifndef PAINT_H
#define PAINT_H

enum paint { PAINT_PLACE, PAINT_ERROR, PAINT_ADVICE, PAINT_CARET, PAINT_LABEL, PAINT_NONE };

/* The escape sequence to write before such text; "" when standard output is no terminal. */
const char *paint(enum paint paint);

/*
 * A line on standard error that is overwritten: only on a terminal, only once the command has taken
 * two seconds.  progress_set() says what is going on now; a timer shows it.
 */
void progress_begin(void);
void progress_set(const char *format, ...) __attribute__((format(printf, 1, 2)));
void progress_end(void); /* the line is wiped; before anything else is written */
double progress_seconds(void); /* since progress_begin() */

#endif
