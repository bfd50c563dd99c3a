/* SPDX-License-Identifier: MIT */
/*
 * check_state.c - a sweep in a file, so that a check that was stopped goes on where it stood
 *
 * T1  What is saved is what was taken: the totals of every site, the records of every run but their
 *     sites, the queue.  Taking the rest from there gives the same result as never having stopped.
 * T2  The key covers the program's code and data and all that decides what its runs do.  A file
 *     with another key is refused, not overwritten.
 * T3  The file is complete or the old one: it is written beside and renamed.
 * 64-bit numbers are text, because a number of JSON need not hold them.
 */
#include "check_plan.h"
#include "whole_file.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <gelf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FORMAT 1
#define FORMAT_NAME "kmalloc-sweep"

/* -- the key ---------------------------------------------------------------------------------- */

static uint64_t mix(uint64_t key, const void *data, size_t bytes)
{
	const unsigned char *at = data;

	for (size_t i = 0; i < bytes; i++)
		key = (key ^ at[i]) * 0x100000001b3ull;
	return key;
}

static uint64_t mix_word(uint64_t key, const char *word)
{
	return mix(key, word, strlen(word) + 1);
}

/* What is loaded of the program; its debug information names a directory that is new each time. */
static uint64_t mix_program(uint64_t key, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	Elf *elf = NULL;
	size_t segments = 0, bytes;
	char *raw;

	elf_version(EV_CURRENT);
	if (fd >= 0)
		elf = elf_begin(fd, ELF_C_READ, NULL);
	if (elf && elf_getphdrnum(elf, &segments) == 0) {
		raw = elf_rawfile(elf, &bytes);
		for (size_t i = 0; raw && i < segments; i++) {
			GElf_Phdr segment;

			if (!gelf_getphdr(elf, (int)i, &segment) || segment.p_type != PT_LOAD ||
			    segment.p_offset + segment.p_filesz > bytes)
				continue;
			/* The first one begins with the file's header, which tells where the
			 * debug information lies. */
			if (segment.p_flags & (PF_X | PF_W))
				key = mix(key, raw + segment.p_offset, segment.p_filesz);
		}
	}
	elf_end(elf);
	if (fd >= 0)
		close(fd);
	return key;
}

static char *key_of(const struct request *request, const struct build *build)
{
	uint64_t key = mix_word(0xcbf29ce484222325ull, KM_VERSION);
	struct words words = { 0 };

	key = mix_program(key, build->program);
	run_words(&words, request, build, &(struct plan){ 0 });
	for (size_t i = 1; i < words.count; i++)
		key = mix_word(key, words.at[i]);
	key = mix(key, &request->sweep_mode, sizeof(request->sweep_mode));
	key = mix(key, &request->schedules, sizeof(request->schedules));
	for (size_t i = 0; i < request->files.count; i++)
		key = mix_word(key, request->files.at[i]);
	return text_format("%016llx", (unsigned long long)key);
}

/* -- writing ---------------------------------------------------------------------------------- */

static void add_u64(cJSON *object, const char *name, uint64_t value)
{
	char *text = text_format("%llx", (unsigned long long)value);

	cJSON_AddStringToObject(object, name, text);
	free(text);
}

static void add_plan(cJSON *list, const struct plan *plan)
{
	char *text = plan_text(plan);

	cJSON_AddItemToArray(list, cJSON_CreateString(text));
	free(text);
}

static void add_plans(cJSON *root, const char *name, const struct plans *plans)
{
	cJSON *list = cJSON_AddArrayToObject(root, name);

	for (size_t i = 0; i < plans->count; i++)
		add_plan(list, &plans->at[i]);
}

static void add_site(cJSON *list, const struct run_site *site)
{
	cJSON *object = cJSON_CreateObject(), *pcs;

	add_u64(object, "hash", site->hash);
	cJSON_AddStringToObject(object, "what", site->what);
	pcs = cJSON_AddArrayToObject(object, "pcs");
	for (unsigned int i = 0; i < site->stack.count; i++) {
		char *text = text_format("%llx", (unsigned long long)site->stack.pc[i]);

		cJSON_AddItemToArray(pcs, cJSON_CreateString(text));
		free(text);
	}
	add_u64(object, "bytes", site->bytes);
	add_u64(object, "gfp", site->gfp);
	cJSON_AddBoolToObject(object, "mayfail", site->may_fail);
	add_u64(object, "calls", site->calls);
	add_u64(object, "sleepable", site->sleepable);
	add_u64(object, "atomic", site->atomic);
	cJSON_AddItemToArray(list, object);
}

static void add_run(cJSON *list, const struct run *run)
{
	cJSON *object = cJSON_CreateObject();
	char *plan = plan_text(&run->plan);

	cJSON_AddStringToObject(object, "fail", plan);
	cJSON_AddNumberToObject(object, "end", run->end);
	cJSON_AddNumberToObject(object, "status", run->wait_status);
	add_u64(object, "virtualns", run->virtual_ns);
	/* A silent run has nothing to tell a second time. */
	if (run_is_base(run) || run->finding_count || run->end != RUN_ORDERLY)
		cJSON_AddStringToObject(object, "records", run->kept.data ? run->kept.data : "");
	cJSON_AddItemToArray(list, object);
	free(plan);
}

static bool write_file(const char *path, const char *text)
{
	char *beside = text_format("%s.new", path);
	FILE *file = fopen(beside, "w");
	bool is_written = file && fputs(text, file) >= 0 && fputc('\n', file) != EOF;

	if (file && fclose(file))
		is_written = false;
	is_written = is_written && rename(beside, path) == 0;
	if (!is_written) {
		unusable("cannot write the state of the sweep '%s': %s", path, strerror(errno));
		unlink(beside);
	}
	free(beside);
	return is_written;
}

bool state_save(const struct sweep *sweep, const struct request *request,
		const struct build *build, unsigned int under_way)
{
	cJSON *root = cJSON_CreateObject(), *list;
	char *key = key_of(request, build), *text;
	bool is_written;

	cJSON_AddNumberToObject(root, FORMAT_NAME, FORMAT);
	cJSON_AddStringToObject(root, "key", key);
	free(key);
	cJSON_AddNumberToObject(root, "next", (double)(sweep->queue.next - under_way));
	cJSON_AddNumberToObject(root, "failed_sites", (double)sweep->failed_sites);
	cJSON_AddNumberToObject(root, "failed_pairs", (double)sweep->failed_pairs);
	cJSON_AddNumberToObject(root, "schedules", (double)sweep->schedules);
	cJSON_AddNumberToObject(root, "hung", sweep->hung);
	cJSON_AddBoolToObject(root, "was_cut", sweep->was_cut);
	cJSON_AddBoolToObject(root, "queue_was_cut", sweep->queue.was_cut);
	add_plans(root, "queue", &sweep->queue.plans);
	add_plans(root, "pairs", &sweep->queue.pairs);
	list = cJSON_AddArrayToObject(root, "sites");
	for (size_t i = 0; i < sweep->site_count; i++)
		add_site(list, &sweep->sites[i]);
	list = cJSON_AddArrayToObject(root, "runs");
	for (size_t i = 0; i < sweep->count; i++)
		add_run(list, sweep->runs[i]);
	text = cJSON_PrintUnformatted(root);
	is_written = text && write_file(request->sweep_state, text);
	free(text);
	cJSON_Delete(root);
	return is_written;
}

/* -- reading: nothing is trusted but what has the right key ------------------------------------ */

static const char *get_text(const cJSON *object, const char *name)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

	return cJSON_IsString(item) ? item->valuestring : "";
}

static uint64_t get_u64(const cJSON *object, const char *name)
{
	return strtoull(get_text(object, name), NULL, 16);
}

static size_t get_count(const cJSON *object, const char *name)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

	return cJSON_IsNumber(item) && item->valuedouble > 0 ? (size_t)item->valuedouble : 0;
}

static bool get_bool(const cJSON *object, const char *name)
{
	return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, name));
}

static bool read_plans(const cJSON *root, const char *name, struct plans *ret_plans)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(root, name), *item;
	struct plans plans = { 0 };

	plans.count = plans.room = (size_t)cJSON_GetArraySize(list);
	plans.at = need((plans.count + 1) * sizeof(*plans.at));
	plans.count = 0;
	cJSON_ArrayForEach(item, list)
		if (!cJSON_IsString(item) ||
		    !plan_parse(item->valuestring, &plans.at[plans.count++]))
			return false;
	*ret_plans = plans;
	return true;
}

static void read_site(struct sweep *sweep, const cJSON *object)
{
	struct run_site site = {
		.hash = get_u64(object, "hash"),
		.what = get_text(object, "what"),
		.bytes = get_u64(object, "bytes"),
		.gfp = (uint32_t)get_u64(object, "gfp"),
		.may_fail = get_bool(object, "mayfail"),
	}, *added;
	const cJSON *pc;

	cJSON_ArrayForEach(pc, cJSON_GetObjectItemCaseSensitive(object, "pcs"))
		if (cJSON_IsString(pc) && site.stack.count < STACK_DEPTH)
			site.stack.pc[site.stack.count++] = strtoull(pc->valuestring, NULL, 16);
	added = sweep_add_site(sweep, &site);
	added->calls = get_u64(object, "calls");
	added->sleepable = get_u64(object, "sleepable");
	added->atomic = get_u64(object, "atomic");
}

static bool read_run(struct sweep *sweep, const cJSON *object)
{
	const char *plan = get_text(object, "fail"), *records = get_text(object, "records");
	struct run *run = need(sizeof(*run));

	if (*plan && !plan_parse(plan, &run->plan))
		return false;
	run->is_done = true;
	run->injected = run->plan;
	run->end = (enum run_end)get_count(object, "end");
	run->wait_status = (int)get_count(object, "status");
	text_put(&run->kept, records, strlen(records));
	text_put(&run->raw, records, strlen(records));
	run_take_records(run);
	run->virtual_ns = get_u64(object, "virtualns");
	sweep_add_run(sweep, run);
	return true;
}

static bool read_all(struct sweep *sweep, const cJSON *root)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(root, "sites"))
		read_site(sweep, item);
	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(root, "runs"))
		if (!read_run(sweep, item))
			return false;
	sweep->failed_sites = get_count(root, "failed_sites");
	sweep->failed_pairs = get_count(root, "failed_pairs");
	sweep->schedules = get_count(root, "schedules");
	sweep->hung = (unsigned int)get_count(root, "hung");
	sweep->was_cut = get_bool(root, "was_cut");
	sweep->queue.was_cut = get_bool(root, "queue_was_cut");
	sweep->queue.next = get_count(root, "next");
	return read_plans(root, "queue", &sweep->queue.plans) &&
	       read_plans(root, "pairs", &sweep->queue.pairs) &&
	       sweep->queue.next <= sweep->queue.plans.count && sweep->count;
}

/* An empty text: there is no such file yet. */
static bool read_file(const char *path, struct text *ret_text)
{
	return whole_file_read(path, ret_text) || errno == ENOENT;
}

int state_load(struct sweep *sweep, const struct request *request, const struct build *build)
{
	const char *path = request->sweep_state;
	struct text text = { 0 };
	char *key;
	cJSON *root;
	int status = 0;

	if (!read_file(path, &text))
		return unusable("cannot read the state of the sweep '%s': %s", path,
				strerror(errno));
	if (!text.bytes)
		return 0;
	root = cJSON_Parse(text.data);
	key = key_of(request, build);
	if (get_count(root, FORMAT_NAME) != FORMAT)
		status = unusable("'%s' is no state of a sweep; nothing was done to it", path);
	else if (strcmp(get_text(root, "key"), key) != 0)
		status = unusable("the state '%s' is of another program or other options; remove "
				  "it, or name another file",
				  path);
	else if (!read_all(sweep, root))
		status = unusable("the state '%s' is damaged; remove it", path);
	free(key);
	cJSON_Delete(root);
	text_drop(&text);
	return status;
}
