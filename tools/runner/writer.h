/* SPDX-License-Identifier: MIT */
/* writer.h - records of docs/records.md, buffered; usable from a signal handler */
#ifndef RUNNER_WRITER_H
#define RUNNER_WRITER_H

#include <stddef.h>
#include <stdint.h>

struct km_stack;

void writer_open(void);			/* descriptor 3, or 1 when 3 is not open */
/* a record that was not ended (a fault came in between) is dropped */
void record_begin(const char *type);
void record_text(const char *key, const char *value);	/* NULL or empty: left out */
void record_number(const char *key, uint64_t value);
void record_signed(const char *key, int64_t value);
/* at least so many digits */
void record_hex(const char *key, uint64_t value, unsigned int digits);
void record_stack(const char *key, const struct km_stack *stack);	/* empty: left out */
void record_piece(const char *text);	/* more of the value begun last, escaped */
void record_done(void);
void writer_flush(void);

#endif
