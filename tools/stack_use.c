/* SPDX-License-Identifier: MIT */
/*
 * stack_use.c - how much stack a kernel would have needed
 *
 * Owns: what each function of the files needs without instrumentation, as the compiler says
 *       (-fstack-usage); asked for once, when a run has passed the limit for the first time.
 * U1  A frame counts with its size in a kernel; one of variable size (alloca, an array of variable
 *     length) and one of the library with the size it had in the run.
 */
#include "stack_use.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_build.h"

#define RETURN_BYTES 8u /* the return address, which the compiler does not count */

struct function_use {
	char *name;
	uint64_t bytes;
	bool is_dynamic;
};

struct stack_use {
	const struct request *request;
	const struct build *build;
	struct symbols *symbols;
	struct function_use *functions;
	size_t count;
	bool is_known;
};

struct stack_use *stack_use_open(const struct request *request, const struct build *build,
				 struct symbols *symbols)
{
	struct stack_use *use = need(sizeof(*use));

	*use = (struct stack_use){ .request = request, .build = build, .symbols = symbols };
	return use;
}

/* "FILE:LINE:NAME<tab>BYTES<tab>static"; gcc has a column before the name. */
static void take_line(struct stack_use *use, char *line)
{
	char *tab = strchr(line, '\t'), *name, *second;

	if (!tab)
		return;
	*tab = 0;
	second = strchr(tab + 1, '\t');
	name = strrchr(line, ':');
	use->functions = need_more(use->functions, (use->count + 1) * sizeof(*use->functions));
	use->functions[use->count++] = (struct function_use){
		.name = need_copy(name ? name + 1 : line),
		.bytes = strtoull(tab + 1, NULL, 10),
		.is_dynamic = second && strstr(second, "dynamic") && !strstr(second, "bounded"),
	};
}

static void measure_file(struct stack_use *use, size_t number)
{
	char *stem = text_format("%s/plain-%zu", use->build->directory, number);
	char *object = text_format("%s.o", stem), *list = text_format("%s.su", stem);
	char *line = NULL;
	size_t room = 0;
	FILE *file = NULL;

	if (compile(use->build->compiler, use->request, use->build,
		    use->request->files.at[number], UNIT_MEASURED, object) == 0)
		file = fopen(list, "r");
	while (file && getline(&line, &room, file) > 0)
		take_line(use, line);
	if (file)
		fclose(file);
	free(line);
	free(stem);
	free(object);
	free(list);
}

static const struct function_use *use_of(struct stack_use *use, const char *name)
{
	for (size_t i = 0; !use->is_known && i < use->request->files.count; i++)
		measure_file(use, i);
	use->is_known = true;
	for (size_t i = 0; i < use->count; i++)
		if (strcmp(use->functions[i].name, name) == 0)
			return &use->functions[i];
	return NULL;
}

static const char *function_at(struct stack_use *use, uint64_t pc)
{
	const struct frame *frames;
	unsigned int count = pc ? symbols_frames(use->symbols, pc, &frames) : 0;

	return count ? frames[count - 1].function : NULL;
}

char *stack_use_judge(struct stack_use *use, const struct run_finding *finding)
{
	const char *at = finding->frames, *largest = NULL;
	uint64_t total = 0, most = 0;

	while (at && *at) {
		unsigned long long pc, count, measured, bytes;
		const char *name;
		const struct function_use *known;

		if (sscanf(at, "%llx:%llu:%llu", &pc, &count, &measured) != 3)
			break;
		name = function_at(use, pc);
		known = name ? use_of(use, name) : NULL;
		bytes = measured;
		if (known && !known->is_dynamic && count * (known->bytes + RETURN_BYTES) < bytes)
			bytes = count * (known->bytes + RETURN_BYTES);
		total += bytes;
		if (name && bytes > most) {
			most = bytes;
			largest = name;
		}
		at = strchr(at, ',');
		at += at != NULL;
	}
	if (total <= use->request->stack_bytes || !largest)
		return NULL;
	return text_format("BUG: TASK stack overflow: %llu bytes used of %llu, %llu of them in "
			   "%s()",
			   (unsigned long long)total,
			   (unsigned long long)use->request->stack_bytes,
			   (unsigned long long)most, largest);
}
