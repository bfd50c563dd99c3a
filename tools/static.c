/* SPDX-License-Identifier: MIT */
/*
 * static.c - findings that compilers make of a module's files, beside those of the runs
 *
 * A1  What a run has shown is not told twice: the same rule at the same line of the same file.
 * A2  Where a run can judge it did: a call that ran and was not told of, an allocation that was
 *     made to fail and was checked.  What a compiler says of those is left out.
 * A3  sleep-in-atomic of clang -Wthread-safety is an error: the section is held on every way to
 *     that line.  What analyzers say is advice: they guess at what code they do not see does.
 * A4  A function that may end its caller's section makes what follows its call uncertain, and what
 *     is uncertain is not told.
 */
#include "static.h"
#include "catalog.h"
#include "paint.h"
#include "whole_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct static_maker {
	struct reports *reports;
	const struct sweep *sweep;
	struct symbols *symbols;
	const struct request *request;
	const struct build *build;
	struct words enders; /* of all files */
};

/* -- the passes -- */

static void ask(const struct static_maker *maker, const struct compiler *compiler,
		const char *source, const char *flags, struct said_list *ret_list)
{
	char *output = text_format("%s/said", maker->build->directory), *text;
	struct words words = { 0 };

	words_add_split(&words, flags);
	compile_said(compiler, maker->request, maker->build, source, &words, output);
	text = whole_file_text(output);
	unlink(output);
	said_read(text, ret_list);
	free(text);
	free(output);
}

static bool is_c_file(const struct static_maker *maker, const char *file)
{
	return !part_is_object(file) && !part_is_assembly(file) &&
	       !tree_holds(maker->build, file);
}

/* -- what a run knows better -- */

static bool same_file(const char *a, const char *b)
{
	while (is_prefix(a, "./"))
		a += 2;
	while (is_prefix(b, "./"))
		b += 2;
	return strcmp(a, b) == 0;
}

static bool is_user_file(const struct static_maker *maker, const char *file)
{
	for (size_t i = 0; i < maker->build->include_dirs.count; i++)
		if (is_prefix(file, maker->build->include_dirs.at[i]))
			return false;
	return file[0] != '<' && !is_prefix(file, maker->build->directory);
}

/* An allocation at this line that some run made; @failed: and that was made to fail. */
static bool did_run(const struct static_maker *maker, const char *file, int line, bool failed)
{
	for (size_t i = 0; line && i < maker->sweep->site_count; i++) {
		const struct run_site *site = &maker->sweep->sites[i];
		const struct frame *frames;
		unsigned int count;

		if ((failed && !site->was_failed) || !site->stack.count)
			continue;
		count = symbols_frames(maker->symbols, site->stack.pc[0], &frames);
		for (unsigned int k = 0; k < count; k++)
			if (frames[k].owner == FRAME_USER && frames[k].line == line &&
			    same_file(frames[k].file, file))
				return true;
	}
	return false;
}

/* A NULL that was used is one mistake, whichever of the two names it has. */
static bool same_rule(const char *a, const char *b)
{
	bool is_null_a = !strcmp(a, "null-unchecked") || !strcmp(a, "crash");
	bool is_null_b = !strcmp(b, "null-unchecked") || !strcmp(b, "crash");

	return strcmp(a, b) == 0 || (is_null_a && is_null_b);
}

static bool is_known(const struct static_maker *maker, const char *rule, const char *file,
		     int line)
{
	for (size_t i = 0; i < maker->reports->count; i++) {
		const struct report *report = &maker->reports->at[i];

		if (report->place.line == line && same_rule(report->rule, rule) &&
		    same_file(report->place.file, file))
			return true;
	}
	return false;
}

/* -- findings -- */

static void put(struct static_maker *maker, const struct said *said, const struct code *code,
		const char *rule, const char *tool, char *message)
{
	struct reports *reports = maker->reports;
	const struct rule *entry = rule_find(rule);
	struct report *report;

	if (reports->count == reports->room) {
		reports->room = reports->room ? reports->room * 2 : 16;
		reports->at = need_more(reports->at, reports->room * sizeof(*reports->at));
	}
	report = &reports->at[reports->count++];
	*report = (struct report){
		.rule = rule,
		.message = message,
		.help = entry ? entry->help : "",
		.is_error = strcmp(rule, "sleep-in-atomic") == 0,
		.static_tool = tool,
		.place = { .file = said->file, .line = said->line, .column = said->column,
			   .function = need_copy(code_function(code, said->line)) },
		.seed = maker->request->seed,
	};
	if (report->is_error)
		reports->errors++;
	else
		reports->advice++;
}

/* The text between the @number-th pair of quotes of a message; NULL: there is none. */
static char *quoted(const char *text, int number)
{
	for (; text && number > 0; number--) {
		text = strchr(text, '\'');
		text = text ? strchr(text + 1, '\'') : NULL;
		text = text ? text + 1 : NULL;
	}
	text = text ? strchr(text, '\'') : NULL;
	return text && strchr(text + 1, '\'') ? need_part(text + 1, strcspn(text + 1, "'")) : NULL;
}

static const char *section_words(const char *section)
{
	static const char *const words[][2] = {
		{ "__in_spin_lock", "while a spinlock is held, taken with spin_lock()" },
		{ "__in_spin_lock_irq",
		  "while a spinlock is held, taken with spin_lock_irq() or spin_lock_irqsave()" },
		{ "__in_spin_lock_bh", "while a spinlock is held, taken with spin_lock_bh()" },
		{ "__in_rwlock", "while a read/write lock is held" },
		{ "__in_rwlock_irq", "while a read/write lock is held, with interrupts off" },
		{ "__in_rwlock_bh", "while a read/write lock is held, with bottom halves off" },
		{ "__in_bit_spin_lock", "while a bit spinlock is held" },
		{ "__in_rcu_read_lock", "inside rcu_read_lock()" },
		{ "__in_irqs_off", "with interrupts off" },
		{ "__in_bh_off", "with bottom halves off" },
		{ "__in_preempt_off", "with preemption off" },
		{ "__in_softirq_handler", "in a softirq (timer or tasklet)" },
		{ "__in_hardirq_handler", "in a hard interrupt handler" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (section && strcmp(section, words[i][0]) == 0)
			return words[i][1];
	return "where sleeping is not allowed";
}

/* A macro's helper says nothing: what stands in the source does. */
static char *sleeper(const struct said *said, const struct code *code)
{
	char *name = quoted(said->text, 0), *word = NULL;

	if (code && name && (strchr(name, '_') || is_prefix(name, "GFP")))
		word = code_word(code, said->line, said->column);
	return word ? word : name ? name : need_copy("a call");
}

static void take_context(struct static_maker *maker, const struct said *said,
			 const char *rule, const char *tool)
{
	struct code *code = code_open(said->file);
	bool is_gfp = strstr(said->text, "'GFP_that_may_sleep'") != NULL;

	/* A2, A4 */
	if (code && !did_run(maker, said->file, said->line, false) &&
	    !code_calls(code, said->line, &maker->enders))
		put(maker, said, code, rule, tool,
		    text_format("BUG: sleeping function called from invalid context: %s()%s %s",
				sleeper(said, code), is_gfp ? " with a gfp that may sleep" : "",
				section_words(quoted(said->text, 1))));
	code_close(code);
}

/* That somebody else has a reference to what a path frees with its own is not seen. */
static bool is_shared(const struct said *said, const struct code *code, const char *rule)
{
	if (strcmp(rule, "use-after-free") != 0 && strcmp(rule, "double-free") != 0)
		return false;
	return said->is_counted ||
	       (said->freed_line && code_has(code, said->freed_line, "_dec_and_"));
}

/* What the analyzers do not know of kernels: docs/check.md. */
static bool is_noise(const struct static_maker *maker, const struct said *said,
		     const struct code *code, const char *rule, const char *tool)
{
	static const char *const links[] = { "list_", "container_of", "rb_", "hash_for_each",
					     "xa_", "idr_" };

	if (strstr(said->text, "<unknown>") || !said->text[0])
		return true;
	if (strcmp(rule, "null-unchecked") == 0 &&
	    (code_has(code, said->line, "__GFP_NOFAIL") ||
	     did_run(maker, said->file, said->made_line, true)))
		return true;
	if (is_shared(said, code, rule))
		return true;
	/* clang's does not know __attribute__((cleanup)). */
	if (strcmp(rule, "leak") == 0 && code_has(code, said->line, "__free("))
		return true;
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		if (is_prefix(tool, "gcc -fanalyzer") && code_has(code, said->line, links[i]))
			return true;
	return false;
}

static void take_analysis(struct static_maker *maker, struct said *said, const char *rule,
			  const char *tool)
{
	struct code *code = code_open(said->file);

	if (strcmp(rule, "leak") == 0 && said->made_line) {
		said->line = said->made_line;
		said->column = 0;
	}
	said->text[strcspn(said->text, "[")] = 0; /* "[CWE-415]" */
	for (size_t end = strlen(said->text); end && said->text[end - 1] == ' ';)
		said->text[--end] = 0;
	if (!is_known(maker, rule, said->file, said->line) &&
	    !is_noise(maker, said, code, rule, tool))
		put(maker, said, code, rule, tool, need_copy(said->text));
	code_close(code);
}

static void take_all(struct static_maker *maker, struct said_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct said *said = &list->at[i];
		const char *tool, *rule = said_rule(said, &tool);

		if (!rule || !is_user_file(maker, said->file) ||
		    is_known(maker, rule, said->file, said->line))
			continue;
		if (strcmp(rule, "sleep-in-atomic") == 0)
			take_context(maker, said, rule, tool);
		else
			take_analysis(maker, said, rule, tool);
	}
	free(list->at);
}

/* -- the compilers -- */

#define CONTEXT_FLAGS "-fsyntax-only -DKM_CONTEXTS -Wno-everything -Wthread-safety-analysis"
#define CLANG_FLAGS								\
	"--analyze -Xclang -analyzer-output=text -Xclang -analyzer-config "	\
	"-Xclang unix.DynamicMemoryModeling:Optimistic=true"
#define GCC_FLAGS "-fanalyzer -Wno-analyzer-too-complex -Wno-analyzer-malloc-leak "	\
	"-fdiagnostics-plain-output -S -O0 -DKM_ANALYZED"

/* No section begins in it: nothing can be wrong. */
static bool has_section(const char *file)
{
	static const char *const begins[] = { "spin_", "read_lock", "write_", "preempt_disable",
					      "irq_", "bh_disable", "get_cpu", "local_lock",
					      "from_timer", "from_tasklet", "#include \"" };
	char *text = whole_file_text(file);
	bool has = false;

	for (size_t i = 0; text && i < sizeof(begins) / sizeof(begins[0]) && !has; i++)
		has = strstr(text, begins[i]) != NULL;
	free(text);
	return has;
}

static bool has_analyzer(struct compiler *compiler, const struct build *build, bool is_clang)
{
	const struct compiler *used = build->compiler;
	char *answer = text_format("%s/answer", build->directory);
	struct words words = { 0 };

	if (used->is_clang == is_clang)
		*compiler = *used;
	else if (!compiler_named(compiler, build, is_clang ? "clang" : "gcc") ||
		 compiler->is_clang != is_clang)
		return false;
	for (size_t i = 0; i < compiler->command.count; i++)
		words_add(&words, compiler->command.at[i]);
	words_add_split(&words, is_clang ? "--analyze -x c /dev/null -o /dev/null"
					 : "-fanalyzer -S -x c /dev/null -o /dev/null");
	return command_run(words.at, answer) == 0;
}

int static_ready(const struct build *build)
{
	struct compiler gcc = { 0 }, clang = { 0 };
	bool has_gcc = has_analyzer(&gcc, build, false);
	bool has_clang = has_analyzer(&clang, build, true);

	if (!has_gcc && !has_clang)
		return unusable("--static needs gcc (10 or later, for -fanalyzer) or clang; "
				"neither is installed");
	if (!has_gcc || !has_clang)
		fprintf(stderr, "kmalloc: --static: %s is not installed; its analyzer is not "
				"asked\n", has_gcc ? "clang" : "gcc");
	return 0;
}

static void analyze(struct static_maker *maker, const char *file)
{
	struct said_list list;
	struct compiler compiler;

	for (int is_clang = 0; is_clang < 2; is_clang++) {
		compiler = (struct compiler){ 0 };
		if (!has_analyzer(&compiler, maker->build, is_clang))
			continue;
		progress_set("analyzing %s", file);
		ask(maker, &compiler, file, is_clang ? CLANG_FLAGS : GCC_FLAGS, &list);
		take_all(maker, &list);
	}
}

void static_reports(struct reports *reports, const struct sweep *sweep, struct symbols *symbols,
		    const struct request *request, const struct build *build)
{
	struct static_maker maker = { reports, sweep, symbols, request, build, { 0 } };

	setenv("LC_ALL", "C", 1); /* messages are compared, and printed the same everywhere */
	for (size_t i = 0; i < request->files.count; i++) {
		struct code *code = code_open(request->files.at[i]);

		if (code)
			code_enders(code, &maker.enders);
		code_close(code);
	}
	for (size_t i = 0; i < request->files.count; i++) {
		const char *file = request->files.at[i];
		struct said_list list;

		if (!is_c_file(&maker, file))
			continue;
		if (build->compiler->is_clang && has_section(file)) {
			ask(&maker, build->compiler, file, CONTEXT_FLAGS, &list);
			take_all(&maker, &list);
		}
		if (request->is_static)
			analyze(&maker, file);
	}
}
