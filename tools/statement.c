/* SPDX-License-Identifier: MIT */
/* statement.c - the text of a statement, found by its place */
#include "finding.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STATEMENT_LINES 8 /* how far a call's arguments may reach */

char *place_statement(const struct place *place)
{
	FILE *file = place->line ? fopen(place->file, "r") : NULL;
	struct text text = { 0 };
	char *line = NULL;
	size_t room = 0;

	text_put(&text, "", 0);
	for (int number = 1; file && number < place->line + STATEMENT_LINES; number++) {
		if (getline(&line, &room, file) < 0)
			break;
		if (number < place->line)
			continue;
		text_put(&text, line, strlen(line));
		if (strpbrk(line, ";{"))
			break;
	}
	free(line);
	if (file)
		fclose(file);
	return text.data;
}
