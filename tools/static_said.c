/* SPDX-License-Identifier: MIT */
/* static_said.c - the output of a compiler, taken apart: gcc and clang write the same lines */
#include "static.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* "FILE:LINE:COLUMN: KIND: TEXT"; false: the line is none of these. */
static bool head_parse(const char *line, size_t bytes, struct said *ret_said, char **ret_kind)
{
	static const char *const kinds[] = { "warning", "note", "error", "fatal error" };

	for (size_t at = 1; at + 4 < bytes; at++) {
		char *end;
		long number, column;

		if (line[at] != ':' || !isdigit((unsigned char)line[at + 1]))
			continue;
		number = strtol(line + at + 1, &end, 10);
		if (*end != ':' || !isdigit((unsigned char)end[1]))
			continue;
		column = strtol(end + 1, &end, 10);
		if (end[0] != ':' || end[1] != ' ')
			continue;
		end += 2;
		for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
			size_t length = strlen(kinds[i]);

			if (strncmp(end, kinds[i], length) != 0 || end[length] != ':')
				continue;
			end += length + 1;
			end += *end == ' ';
			*ret_kind = need_copy(kinds[i]);
			*ret_said = (struct said){ .file = need_part(line, at),
						   .text = need_part(end, line + bytes - end),
						   .line = (int)number, .column = (int)column };
			return true;
		}
	}
	return false;
}

/* Cuts the last "[...]" off the text. */
static void take_option(struct said *said)
{
	size_t bytes = strlen(said->text);
	char *open = strrchr(said->text, '[');

	if (!open || !bytes || said->text[bytes - 1] != ']')
		return;
	said->option = need_part(open + 1, (size_t)(said->text + bytes - 1 - (open + 1)));
	*open = 0;
	while (open > said->text && open[-1] == ' ')
		*--open = 0;
}

static bool tells_origin(const char *note)
{
	return strstr(note, "allocated here") || strstr(note, "could return NULL") ||
	       strstr(note, "Memory is allocated") || strstr(note, "acquire") ||
	       strstr(note, "allocated at");
}

/* What the notes behind a warning tell of its memory. */
static void take_note(struct said *said, const struct said *note)
{
	if (!said->made_line && tells_origin(note->text))
		said->made_line = note->line;
	if (!said->freed_line &&
	    (is_prefix(note->text, "Memory is released") || strstr(note->text, "deallocated here")))
		said->freed_line = note->line;
	said->is_counted |= strstr(note->text, "'kref_put") != NULL;
}

void said_read(const char *output, struct said_list *ret_list)
{
	struct said_list list = { 0 };

	while (output && *output) {
		size_t bytes = strcspn(output, "\n");
		struct said said;
		char *kind;

		if (head_parse(output, bytes, &said, &kind)) {
			if (strcmp(kind, "warning") == 0) {
				if (list.count == list.room) {
					list.room = list.room ? list.room * 2 : 16;
					list.at = need_more(list.at,
							    list.room * sizeof(*list.at));
				}
				take_option(&said);
				list.at[list.count++] = said;
			} else if (list.count) {
				take_note(&list.at[list.count - 1], &said);
			}
		}
		output += bytes + (output[bytes] == '\n');
	}
	*ret_list = list;
}
