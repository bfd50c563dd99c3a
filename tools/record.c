/* SPDX-License-Identifier: MIT */
/*
 * record.c - one line of the record protocol, taken apart
 *
 * The line comes from a program that may have been damaged by the code it runs: nothing is trusted.
 */
#include "record.h"

#include <stdlib.h>
#include <string.h>

static void unescape(char *value)
{
	char *to = value;

	for (const char *from = value; *from; from++) {
		if (*from != '\\' || !from[1]) {
			*to++ = *from;
			continue;
		}
		from++;
		*to++ = *from == 't' ? '\t' : *from == 'n' ? '\n' : *from;
	}
	*to = 0;
}

bool record_parse(char *line, struct record *ret_record)
{
	struct record record = { .type = line };
	char *at = strchr(line, '\t');

	if (!*line || *line == '\t')
		return false;
	while (at && record.count < RECORD_FIELDS) {
		char *field = at + 1, *equals;

		*at = 0;
		at = strchr(field, '\t');
		if (at)
			*at = 0;
		equals = strchr(field, '=');
		if (!equals)
			return false;
		*equals = 0;
		unescape(equals + 1);
		record.fields[record.count].key = field;
		record.fields[record.count++].value = equals + 1;
	}
	*ret_record = record;
	return true;
}

const char *record_get(const struct record *record, const char *key)
{
	for (unsigned int i = 0; i < record->count; i++)
		if (strcmp(record->fields[i].key, key) == 0)
			return record->fields[i].value;
	return NULL;
}

uint64_t record_number(const struct record *record, const char *key)
{
	const char *value = record_get(record, key);

	/* Signed on purpose: pid and ret may be negative. */
	return value ? (uint64_t)strtoll(value, NULL, 10) : 0;
}

uint64_t record_hex(const struct record *record, const char *key)
{
	const char *value = record_get(record, key);

	return value ? strtoull(value, NULL, 16) : 0;
}

struct stack record_stack(const struct record *record, const char *key)
{
	struct stack stack = { 0 };
	const char *value = record_get(record, key);

	while (value && *value && stack.count < STACK_DEPTH) {
		char *end;
		uint64_t pc = strtoull(value, &end, 16);

		if (end == value)
			break;
		stack.pc[stack.count++] = pc;
		value = *end == ',' ? end + 1 : "";
	}
	return stack;
}
