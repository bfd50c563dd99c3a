/* SPDX-License-Identifier: MIT */
/*
 * symbols.c - program counters of the checked program as functions, files and lines
 *
 * Reads the DWARF of the linked program with elfutils.  Answers are kept for the life of the
 * command, so that frames may be held by pointer.
 */
#include "symbols.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS 4096

struct answer {
	struct answer *next;
	uint64_t address;
	unsigned int count;
	struct frame frames[FRAMES_PER_PC];
};

struct user_path {
	struct user_path *next;
	char *raw, *shown, *real;
};

struct symbols {
	const struct request *request;
	const struct build *build;
	Dwfl *dwfl;
	Dwfl_Module *module;
	struct answer *slots[SLOTS];
	struct user_path *paths;
	struct words files; /* of the module, and of those beside it */
	struct words user_files; /* their real paths, same order */
};

static char *debuginfo_path;
static const Dwfl_Callbacks callbacks = {
	.find_elf = dwfl_build_id_find_elf,
	.find_debuginfo = dwfl_standard_find_debuginfo,
	.section_address = dwfl_offline_section_address,
	.debuginfo_path = &debuginfo_path,
};

struct symbols *symbols_open(const struct request *request, const struct build *build)
{
	struct symbols *symbols = need(sizeof(*symbols));

	symbols->request = request;
	symbols->build = build;
	symbols->dwfl = dwfl_begin(&callbacks);
	if (!symbols->dwfl)
		return NULL;
	dwfl_report_begin(symbols->dwfl);
	symbols->module = dwfl_report_offline(symbols->dwfl, "program", build->program, -1);
	dwfl_report_end(symbols->dwfl, NULL, NULL);
	if (!symbols->module)
		return NULL;
	for (size_t i = 0; i < request->files.count; i++)
		words_add(&symbols->files, request->files.at[i]);
	for (size_t i = 0; i < request->beside.files.count; i++)
		words_add(&symbols->files, request->beside.files.at[i]);
	for (size_t i = 0; i < symbols->files.count; i++) {
		char *real = realpath(symbols->files.at[i], NULL);

		words_add(&symbols->user_files, real ? real : symbols->files.at[i]);
		free(real);
	}
	return symbols;
}

/* -- paths -- */

static bool is_below(const char *path, const char *dir)
{
	size_t bytes = strlen(dir);

	return strncmp(path, dir, bytes) == 0 && path[bytes] == '/';
}

/* The path as the user would write it: as typed for the files named, else relative to the working
 * directory. */
static const struct user_path *path_of(struct symbols *symbols, const char *raw)
{
	struct user_path *path;

	for (path = symbols->paths; path; path = path->next)
		if (strcmp(path->raw, raw) == 0)
			return path;
	path = need(sizeof(*path));
	path->raw = need_copy(raw);
	path->real = realpath(raw, NULL);
	if (!path->real)
		path->real = need_copy(raw);
	for (size_t i = 0; i < symbols->user_files.count && !path->shown; i++)
		if (strcmp(symbols->user_files.at[i], path->real) == 0)
			path->shown = symbols->files.at[i];
	if (!path->shown && symbols->build->working_directory &&
	    is_below(path->real, symbols->build->working_directory))
		path->shown = path->real + strlen(symbols->build->working_directory) + 1;
	if (!path->shown)
		path->shown = path->real;
	path->next = symbols->paths;
	symbols->paths = path;
	return path;
}

/* Nobody knows what file an object was made of; frames of the library are not in the records. */
static bool has_objects(const struct request *request)
{
	for (size_t i = 0; i < request->files.count; i++) {
		size_t bytes = strlen(request->files.at[i]);

		if (bytes > 2 && !strcmp(request->files.at[i] + bytes - 2, ".o"))
			return true;
	}
	return false;
}

static enum frame_owner owner_of(struct symbols *symbols, Dwarf_Die *unit, const char *real)
{
	const char *name = dwarf_diename(unit);
	Dwarf_Attribute attribute;
	const char *directory = dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attribute));

	for (size_t i = 0; i < symbols->build->include_dirs.count; i++)
		if (is_below(real, symbols->build->include_dirs.at[i]))
			return FRAME_HEADER;
	if (name && has_objects(symbols->request))
		return FRAME_USER;
	if (!name || !directory || !symbols->build->working_directory ||
	    strcmp(directory, symbols->build->working_directory) != 0)
		return FRAME_ENGINE;
	for (size_t i = 0; i < symbols->files.count; i++) {
		const char *file = symbols->files.at[i];

		if (strcmp(name, file) == 0 ||
		    (is_prefix(name, "./") && strcmp(name + 2, file) == 0))
			return FRAME_USER;
		/* clang writes the whole path of a file whose directory an absolute -I names. */
		if (*name == '/' && strcmp(path_of(symbols, name)->real,
					   symbols->user_files.at[i]) == 0)
			return FRAME_USER;
	}
	return FRAME_ENGINE;
}

/* -- frames -- */

/* A place in a source file as the debug information has it. */
struct source {
	const char *file; /* NULL: none */
	int line, column;
};

static void set_place(struct symbols *symbols, struct frame *frame, Dwarf_Die *unit,
		      const struct source *source)
{
	const struct user_path *path;

	if (!source->file)
		return;
	path = path_of(symbols, source->file);
	frame->file = path->shown;
	frame->line = source->line;
	frame->column = source->column;
	frame->owner = owner_of(symbols, unit, path->real);
}

/* Where an inlined function was called from. */
static struct source call_place(Dwarf_Die *unit, Dwarf_Die *inlined)
{
	Dwarf_Attribute attribute;
	Dwarf_Word file = 0, line = 0, column = 0;
	struct source source = { 0 };
	Dwarf_Files *files;
	size_t count;

	dwarf_formudata(dwarf_attr(inlined, DW_AT_call_line, &attribute), &line);
	dwarf_formudata(dwarf_attr(inlined, DW_AT_call_column, &attribute), &column);
	if (dwarf_formudata(dwarf_attr(inlined, DW_AT_call_file, &attribute), &file) == 0 &&
	    dwarf_getsrcfiles(unit, &files, &count) == 0)
		source.file = dwarf_filesrc(files, file, NULL, NULL);
	source.line = (int)line;
	source.column = (int)column;
	return source;
}

static void add_scopes(struct symbols *symbols, struct answer *answer, Dwarf_Die *unit,
		       Dwarf_Die *scopes, int count, struct source source)
{
	for (int i = 0; i < count && answer->count < FRAMES_PER_PC; i++) {
		int tag = dwarf_tag(&scopes[i]);
		struct frame *frame;
		const char *name;

		if (tag != DW_TAG_subprogram && tag != DW_TAG_inlined_subroutine)
			continue;
		name = dwarf_diename(&scopes[i]);
		frame = &answer->frames[answer->count++];
		*frame = (struct frame){ .function = name ? name : "?",
					 .file = "",
					 .is_inlined = tag == DW_TAG_inlined_subroutine,
					 .owner = FRAME_ENGINE };
		set_place(symbols, frame, unit, &source);
		if (tag == DW_TAG_subprogram)
			return;
		source = call_place(unit, &scopes[i]);
	}
}

/* The scopes that physically contain @pc, innermost first; what dwarf_getscopes() says of an
 * inlined one is its origin. */
static int physical_scopes(Dwarf_Die *unit, Dwarf_Addr pc, Dwarf_Die **ret_scopes)
{
	Dwarf_Die *scopes = NULL;
	int count = dwarf_getscopes(unit, pc, &scopes), physical = 0;

	*ret_scopes = NULL;
	for (int i = 0; i < count; i++) {
		int tag = dwarf_tag(&scopes[i]);

		if (tag != DW_TAG_subprogram && tag != DW_TAG_inlined_subroutine)
			continue;
		physical = dwarf_getscopes_die(&scopes[i], ret_scopes);
		break;
	}
	free(scopes);
	return physical;
}

/* clang gives instructions it merged no line (0): the code that follows them speaks for them. */
static struct source line_at(struct symbols *symbols, Dwarf_Addr address)
{
	struct source source = { 0 };

	for (Dwarf_Addr ahead = 0; ahead < 64; ahead++) {
		Dwfl_Line *line = dwfl_module_getsrc(symbols->module, address + ahead);

		source.file = line ? dwfl_lineinfo(line, NULL, &source.line, &source.column, NULL,
						   NULL)
				   : NULL;
		if (!source.file || source.line)
			break;
	}
	return source;
}

static void look_up(struct symbols *symbols, struct answer *answer)
{
	Dwarf_Addr bias = 0;
	Dwarf_Die *unit = dwfl_module_addrdie(symbols->module, answer->address, &bias),
		  *scopes = NULL;
	struct source source = line_at(symbols, answer->address);
	const char *name;
	int count = 0;

	if (unit)
		count = physical_scopes(unit, answer->address - bias, &scopes);
	if (count > 0)
		add_scopes(symbols, answer, unit, scopes, count, source);
	free(scopes);
	if (answer->count)
		return;
	/* No function here: assembly has lines alone, the C library and a wild address nothing. */
	name = dwfl_module_addrname(symbols->module, answer->address);
	answer->frames[answer->count++] = (struct frame){
		.function = name ? name : "?",
		.file = "",
		.owner = FRAME_ENGINE,
	};
	if (unit)
		set_place(symbols, &answer->frames[0], unit, &source);
}

unsigned int symbols_frames(struct symbols *symbols, uint64_t pc, const struct frame **ret_frames)
{
	uint64_t address = pc ? pc - 1 : 0;
	struct answer **slot = &symbols->slots[(address ^ (address >> 12)) % SLOTS], *answer;

	for (answer = *slot; answer; answer = answer->next)
		if (answer->address == address)
			break;
	if (!answer) {
		answer = need(sizeof(*answer));
		answer->address = address;
		look_up(symbols, answer);
		answer->next = *slot;
		*slot = answer;
	}
	*ret_frames = answer->frames;
	return answer->count;
}

const char *symbols_variable(struct symbols *symbols, uint64_t address)
{
	GElf_Off offset;
	GElf_Sym symbol;
	const char *name = dwfl_module_addrinfo(symbols->module, address, &offset, &symbol, NULL,
						NULL, NULL);

	if (!name || GELF_ST_TYPE(symbol.st_info) != STT_OBJECT || offset >= symbol.st_size)
		return NULL;
	return need_copy(name);
}

bool symbols_answers(struct symbols *symbols, uint64_t pc)
{
	Dwarf_Addr bias = 0;
	Dwarf_Die *unit = dwfl_module_addrdie(symbols->module, pc - 1, &bias), *scopes = NULL;
	int count = unit ? dwarf_getscopes(unit, pc - 1 - bias, &scopes) : 0;
	bool answers = false;

	for (int i = 0; i < count; i++)
		if (dwarf_tag(&scopes[i]) == DW_TAG_subprogram)
			answers = dwarf_hasattr_integrate(&scopes[i], DW_AT_type);
	free(scopes);
	return answers;
}

void symbols_close(struct symbols *symbols)
{
	if (symbols && symbols->dwfl)
		dwfl_end(symbols->dwfl);
}
