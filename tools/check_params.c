/* SPDX-License-Identifier: MIT */
/*
 * check_params.c - the parameters of the built module, and those asked for
 *
 * P1  Each module_param() leaves a local symbol __param_NAME in section __param of the module's
 *     object: that is the list.  Of one module a name it has not is refused, where Linux would
 *     say "ignored" and go on; of a tree (-C) a bare name goes to those modules that have it.
 */
#include "check_dir.h"

#include <fcntl.h>
#include <gelf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The status with which the program refuses its own options. */
#define RUNNER_USAGE 64
#define SECTION "__param"
#define MARK "__param_"

static bool is_in_section(Elf *elf, const GElf_Sym *symbol)
{
	Elf_Scn *section = elf_getscn(elf, symbol->st_shndx);
	GElf_Shdr header;
	size_t names;

	return section && gelf_getshdr(section, &header) && !elf_getshdrstrndx(elf, &names) &&
	       !strcmp(elf_strptr(elf, names, header.sh_name), SECTION);
}

static void see_symbols(Elf *elf, Elf_Scn *section, const GElf_Shdr *header, struct words *names)
{
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Sym symbol;

	for (size_t i = 0; i < header->sh_size / header->sh_entsize; i++) {
		const char *name = gelf_getsym(data, (int)i, &symbol)
					   ? elf_strptr(elf, header->sh_link, symbol.st_name)
					   : NULL;

		if (name && is_prefix(name, MARK) && is_in_section(elf, &symbol))
			words_add(names, name + strlen(MARK));
	}
}

static struct words names_of(const struct build *build)
{
	char *path = text_format("%s/module.o", build->directory);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct words names = { 0 };
	Elf_Scn *section = NULL;
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	while (elf && (section = elf_nextscn(elf, section))) {
		GElf_Shdr header;

		if (gelf_getshdr(section, &header) && header.sh_type == SHT_SYMTAB &&
		    header.sh_entsize)
			see_symbols(elf, section, &header, &names);
	}
	elf_end(elf);
	close(fd);
	free(path);
	return names;
}

/* As on a command line: '-' and '_' are the same.  @wanted ends at '='. */
static bool is_name(const char *name, const char *wanted)
{
	for (; *name && *wanted && *wanted != '='; name++, wanted++)
		if (*name != *wanted && !(strchr("-_", *name) && strchr("-_", *wanted)))
			return false;
	return !*name && *wanted == '=';
}

static bool has_param(const struct words *names, const char *param)
{
	for (size_t i = 0; i < names->count; i++)
		if (is_name(names->at[i], param))
			return true;
	return false;
}

/* "module.name=value" -> "name=value"; NULL: of another module. */
static const char *bare_param(const char *param, const char *module)
{
	size_t bytes = strcspn(param, ".=");

	if (param[bytes] != '.')
		return param;
	for (size_t i = 0; i < bytes; i++)
		if ((param[i] == '-' ? '_' : param[i]) != module[i])
			return NULL;
	return module[bytes] ? NULL : param + bytes + 1;
}

static int refuse(const char *module, const char *param, const struct words *names)
{
	struct text text = { 0 };

	text_put(&text, "", 0);
	for (size_t i = 0; i < names->count; i++)
		text_add(&text, " %s", names->at[i]);
	return unusable("%s: unknown parameter '%.*s'; it has:%s", module, (int)strcspn(param, "="),
			param, names->count ? text.data : " none");
}

int params_take(struct request *request, const struct build *build)
{
	struct words names = { 0 }, asked = request->params;
	char *module = request->module ? need_copy(request->module)
				       : module_name(request->files.at[0]);

	if (request->outcome)
		request->outcome->is_built = true;
	/* KUnit's own have the name of its module in front, and are looked up by KUnit. */
	if (!asked.count || build->uses_kunit)
		return 0;
	names = names_of(build);
	request->params = (struct words){ 0 };
	for (size_t i = 0; i < asked.count; i++) {
		const char *bare = bare_param(asked.at[i], module);
		bool is_own = bare && has_param(&names, bare);

		if (request->outcome && i < 64 && (is_own || bare != asked.at[i]))
			request->outcome->params_taken |= 1ull << i;
		if (is_own)
			words_add(&request->params, bare);
		else if (!request->directory || (bare && bare != asked.at[i]))
			return refuse(module, bare ? bare : asked.at[i], &names);
	}
	return 0;
}

bool params_refused(const struct request *request, const struct run *run)
{
	const char *module = request->module ? request->module
					     : module_name(request->files.at[0]);
	bool is_usage = WEXITSTATUS(run->wait_status) == RUNNER_USAGE;
	FILE *file = is_usage ? fopen(run->console, "r") : NULL;
	char line[512];
	bool is_told = file && fgets(line, sizeof(line), file) && line[0] == '`';

	/* What the kernel says of it, without what it says of itself. */
	for (size_t i = 0; is_told && i < run->log.count; i++)
		if (!is_prefix(run->log.at[i], "libkmalloc:"))
			fprintf(stderr, "%s\n", run->log.at[i]);
	if (is_told)
		unusable("%s: %.*s", module, (int)strcspn(line, "\n"), line);
	if (file)
		fclose(file);
	return is_told;
}
