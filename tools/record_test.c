/* SPDX-License-Identifier: MIT */
/* record_test.c - lines of the record protocol: good ones, torn ones, and noise; TAP */
#include "record.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOISE_LINES 200000

static int failed, cases;

static void tell(bool is_ok, const char *name)
{
	printf("%s %d - %s\n", is_ok ? "ok" : "not ok", ++cases, name);
	failed += !is_ok;
}

static bool parses(const char *line, struct record *ret_record)
{
	return record_parse(need_copy(line), ret_record);
}

static bool has(const struct record *record, const char *key, const char *value)
{
	const char *found = record_get(record, key);

	return found && strcmp(found, value) == 0;
}

static bool a_finding_is_taken_apart(void)
{
	struct record record;
	struct stack stack;

	if (!parses("finding\trule=leak\tbytes=40\tpcs=401abc,401def\tpid=-3", &record))
		return false;
	stack = record_stack(&record, "pcs");
	return strcmp(record.type, "finding") == 0 && has(&record, "rule", "leak") &&
	       record_number(&record, "bytes") == 40 && stack.count == 2 &&
	       stack.pc[0] == 0x401abc && stack.pc[1] == 0x401def &&
	       (int64_t)record_number(&record, "pid") == -3 && !record_get(&record, "none");
}

static bool escapes_are_undone(void)
{
	struct record record;

	return parses("log\ttext=a\\tb\\nc\\\\d=e\\", &record) &&
	       has(&record, "text", "a\tb\nc\\d=e\\");
}

static bool a_type_alone_is_a_record(void)
{
	struct record record;

	return parses("end", &record) && record.count == 0;
}

static bool what_is_not_a_record_is_refused(void)
{
	struct record record;

	return !parses("", &record) && !parses("\trule=x", &record) && !parses("site\tx", &record);
}

static bool a_stack_too_deep_is_cut(void)
{
	struct text line = { 0 };
	struct record record;

	text_add(&line, "site\tpcs=1");
	for (int i = 0; i < 1000; i++)
		text_add(&line, ",%x", i);
	return record_parse(line.data, &record) &&
	       record_stack(&record, "pcs").count == STACK_DEPTH;
}

static bool too_many_fields_are_cut(void)
{
	struct text line = { 0 };
	struct record record;

	text_add(&line, "site");
	for (int i = 0; i < 1000; i++)
		text_add(&line, "\tk%d=v", i);
	return record_parse(line.data, &record) && record.count == RECORD_FIELDS;
}

/* Whatever the bytes: every key and value lies inside the line, and nothing is written behind it.
 */
static bool noise_stays_inside_its_line(void)
{
	static const char bytes[] = "\t\t\t===,,\\\\ntabc019fF-\x80\xff";
	char line[128];
	struct record record;

	srand(1);
	for (int i = 0; i < NOISE_LINES; i++) {
		size_t length = (size_t)rand() % (sizeof(line) - 2);

		for (size_t k = 0; k < length; k++)
			line[k] = bytes[(size_t)rand() % (sizeof(bytes) - 1)];
		line[length] = 0;
		line[length + 1] = 0x55;
		if (record_parse(line, &record)) {
			for (unsigned int k = 0; k < record.count; k++) {
				record_stack(&record, record.fields[k].key);
				if (record.fields[k].value < line ||
				    record.fields[k].value > line + length)
					return false;
			}
		}
		if (line[length + 1] != 0x55)
			return false;
	}
	return true;
}

int main(void)
{
	puts("1..7");
	tell(a_finding_is_taken_apart(), "a_finding_is_taken_apart");
	tell(escapes_are_undone(), "escapes_are_undone");
	tell(a_type_alone_is_a_record(), "a_type_alone_is_a_record");
	tell(what_is_not_a_record_is_refused(), "what_is_not_a_record_is_refused");
	tell(a_stack_too_deep_is_cut(), "a_stack_too_deep_is_cut");
	tell(too_many_fields_are_cut(), "too_many_fields_are_cut");
	tell(noise_stays_inside_its_line(), "noise_stays_inside_its_line");
	return failed != 0;
}
