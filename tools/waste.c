/* SPDX-License-Identifier: MIT */
/*
 * waste.c - the place that chose GFP_ATOMIC
 *
 * W1  It is the innermost statement of the module, up the call stack, that names the flag.  A
 *     wrapper that passes on what it was given chose nothing: its callers are judged one by one.
 * W2  Where no statement names it (a variable, a macro) it is the allocation itself.
 */
#include "finding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STATEMENT_LINES 8 /* how far a call's arguments may reach */

static bool names_flag(const char *line)
{
	return strstr(line, "GFP_ATOMIC") || strstr(line, "__GFP_HIGH");
}

/* Of the statement that begins at @place. */
static bool statement_names_flag(const struct place *place)
{
	FILE *file = place->line ? fopen(place->file, "r") : NULL;
	bool is_named = false;
	char *line = NULL;
	size_t room = 0;

	for (int number = 1; file && number < place->line + STATEMENT_LINES; number++) {
		if (getline(&line, &room, file) < 0)
			break;
		if (number < place->line)
			continue;
		is_named = names_flag(line);
		if (is_named || strchr(line, ';') || strchr(line, '{'))
			break;
	}
	free(line);
	if (file)
		fclose(file);
	return is_named;
}

bool waste_place(struct symbols *symbols, const struct stack *stack, struct place *ret_place)
{
	for (unsigned int i = 0; i < stack->count; i++) {
		const struct frame *frames;
		unsigned int count = symbols_frames(symbols, stack->pc[i], &frames);

		for (unsigned int k = 0; k < count; k++) {
			struct place place = { frames[k].file, frames[k].function, frames[k].line,
					       frames[k].column };

			if (frames[k].owner != FRAME_USER || !statement_names_flag(&place))
				continue;
			*ret_place = place;
			return true;
		}
	}
	return false;
}
