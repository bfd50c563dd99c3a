/* SPDX-License-Identifier: MIT */
/* record.h - one line of the record protocol (docs/records.md), taken apart */
#ifndef RECORD_H
#define RECORD_H

#include <stdbool.h>
#include <stdint.h>

#define RECORD_FIELDS 48
#define STACK_DEPTH 32

struct record {
	const char *type;
	unsigned int count;
	struct {
		const char *key, *value;
	} fields[RECORD_FIELDS];
};

struct stack {
	unsigned int count;
	uint64_t pc[STACK_DEPTH]; /* innermost first */
};

/* Takes @line apart in place (values are unescaped where they stand); false: not a record. */
bool record_parse(char *line, struct record *ret_record);
const char *record_get(const struct record *record, const char *key); /* NULL: not there */
uint64_t record_number(const struct record *record, const char *key); /* decimal; 0: not there */
uint64_t record_hex(const struct record *record, const char *key);
struct stack record_stack(const struct record *record, const char *key);

#endif
