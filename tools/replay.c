/* SPDX-License-Identifier: MIT */
/*
 * replay.c - the command line that shows one finding again
 *
 * Everything that has a say in a run is in it, as a shell would take it.
 */
#include "check_plan.h"
#include "finding.h"

#include <stdlib.h>
#include <string.h>

static bool is_plain(const char *word)
{
	return *word &&
	       strspn(word,
		      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./,:@%") ==
		       strlen(word);
}

static void add_word(struct text *text, const char *word)
{
	if (is_plain(word)) {
		text_add(text, " %s", word);
		return;
	}
	text_put(text, " '", 2);
	for (; *word; word++)
		if (*word == '\'')
			text_put(text, "'\\''", 4);
		else
			text_put(text, word, 1);
	text_put(text, "'", 1);
}

static void add_choice(struct text *text, const char *option, const char *value)
{
	if (!value)
		return;
	text_add(text, "%s", option);
	add_word(text, value);
}

static void add_directory(struct text *text, const struct request *request)
{
	text_add(text, " -C");
	add_word(text, request->directory);
	for (size_t i = 0; i < request->variables.count; i++)
		add_word(text, request->variables.at[i]);
	add_word(text, request->module);
}

char *replay_command(const struct report *report, const struct request *request)
{
	struct text text = { 0 };

	text_add(&text, "kmalloc check --seed %llu", (unsigned long long)report->seed);
	if (report->plan.schedule)
		text_add(&text, " --schedules 1");
	if (request->cpus != DEFAULT_CPUS)
		text_add(&text, " --cpus %llu", (unsigned long long)request->cpus);
	if (request->mem_mib != DEFAULT_MEM_MIB)
		text_add(&text, " --mem %llu", (unsigned long long)request->mem_mib);
	if (request->stack_bytes != DEFAULT_STACK)
		text_add(&text, " --stack %lluk", (unsigned long long)request->stack_bytes >> 10);
	if (report->plan.count) {
		struct plan sites = report->plan;
		char *plan;

		sites.schedule = 0;
		plan = plan_text(&sites);
		text_add(&text, " --fail %s", plan);
		free(plan);
	} else {
		text_add(&text, " --no-sweep");
	}
	if (request->is_static)
		text_add(&text, " --static");
	add_choice(&text, " --ktree", request->ktree);
	if (request->wants_tree_kunit)
		text_add(&text, " --kunit-core tree");
	add_choice(&text, " --boot", request->boot);
	add_choice(&text, " --drive", request->drive);
	if (request->guard)
		text_add(&text, " --guard");
	add_choice(&text, " --quarantine", request->quarantine);
	if (request->reclaim_always)
		text_add(&text, " --reclaim-always");
	if (request->has_init_returns)
		text_add(&text, " --init-returns %lld", (long long)request->init_returns);
	for (size_t i = 0; i < request->params.count; i++) {
		text_add(&text, " --param");
		add_word(&text, request->params.at[i]);
	}
	if (request->directory)
		add_directory(&text, request);
	for (size_t i = 0; !request->directory && i < request->files.count; i++)
		add_word(&text, request->files.at[i]);
	if (request->cflags.count)
		text_add(&text, " --");
	for (size_t i = 0; i < request->cflags.count; i++)
		add_word(&text, request->cflags.at[i]);
	return text.data;
}
