/* SPDX-License-Identifier: MIT */
/*
 * check_params.c - the parameters of the built module, and those asked for
 *
 * P1  Each module_param() leaves a local symbol __param_NAME in section __param of the module's
 *     object: that is the list.  Of one module a name it has not is refused, where Linux would
 *     say "ignored" and go on; of a tree (-C) a bare name goes to those modules that have it.
 */
#include "check_dir.h"
#include "object.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The status with which the program refuses its own options. */
#define RUNNER_USAGE 64
#define SECTION "__param"
#define MARK "__param_"

static struct words names_of(const struct build *build, const char *section)
{
	char *path = text_format("%s/module.o", build->directory);
	struct words symbols = object_symbols_in(path, section), names = { 0 };

	for (size_t i = 0; i < symbols.count; i++)
		if (is_prefix(symbols.at[i], MARK))
			words_add(&names, symbols.at[i] + strlen(MARK));
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

/* For the modules loaded with this one: each has its parameters by its own name. */
static void take_beside(struct request *request, const struct build *build, const char *param)
{
	for (size_t i = 0; i < request->beside.modules.count; i++) {
		const char *module = request->beside.modules.at[i];
		const char *bare = bare_param(param, module);
		char *section = text_format("km_param_of_%s", module);
		struct words names = names_of(build, section);

		if (bare && has_param(&names, bare))
			words_add(&request->params, text_format("%s.%s", module, bare));
		free(section);
	}
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
	names = names_of(build, SECTION);
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
		take_beside(request, build, asked.at[i]);
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
