/* SPDX-License-Identifier: MIT */
/*
 * check_compile.c - one file of the checked program: its flags, one object
 */
#include "check_build.h"
#include "paint.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const plain_flags[] = {
	"-x",
	"c",
	"-c",
	"-std=gnu11",
	"-g",
	"-nostdinc",
	"-ffreestanding",
	"-fno-pic",
	"-fno-pie",
	"-fno-optimize-sibling-calls",
	"-fno-omit-frame-pointer",
	"-funsigned-char",
	"-fno-common",
	"-fno-strict-aliasing",
	"-fno-delete-null-pointer-checks",
	"-fno-stack-protector",
	"-fno-asynchronous-unwind-tables",

	"-Werror=implicit-function-declaration",
	"-Werror=implicit-int",
	"-Werror=int-conversion",
	"-Werror=incompatible-pointer-types",
	"-Wno-unused-parameter",
	"-Wno-pointer-sign",
	"-D__KERNEL__",
	"-DKMALLOC_CHECK",
	"-include",
	"linux/kconfig.h",
	"-include",
	"linux/compiler_types.h",
};
/*
 * As in the checked program, which sees memset() and its kin as calls, but without what the
 * instrumentation itself needs.
 */
static const char *const measured_flags[] = {
	"-O1", "-fno-inline", "-fstack-usage", "-w", "-D__SANITIZE_ADDRESS__=1",
};
/* Every call stays a call: a finding has the stack its author wrote. */
static const char *const own_flags[] = { "-O1", "-fno-inline" };
/*
 * The second program: without optimiser a variable that is set on one path only stays a variable,
 * and its scope is known.
 */
static const char *const init_flags[] = {
	"-fsanitize=kernel-memory",
	"-Xclang",
	"-fsanitize-address-use-after-scope",
	"-fsanitize-coverage=trace-pc",
	"-mllvm",
	"-sanitizer-coverage-prune-blocks=0", /* each loop has a point: it ends by the limits */
	"-finstrument-functions-after-inlining", /* what callbacks answer */
	"-gdwarf-aranges",
	"-Wno-gnu-variable-sized-type-not-at-end",
	"-fno-strict-overflow",
};
/* As the kernel compiles: some of its files count on the optimiser. */
static const char *const tree_flags_of[] = {
	"-O2",
	"-fshort-wchar",
	"-Wno-missing-prototypes",
};
/* CONFIG_INIT_STACK_ALL_ZERO, on by default where the compiler can. */
static const char *const gcc_tree_flags[] = {
	"-ftrivial-auto-var-init=zero",
	"-DCONFIG_INIT_STACK_ALL_ZERO=1",
};
/* Code writes the shadow of its stack itself: KM_PORT_SHADOW_OFFSET of the simulated machine. */
#define SHADOW_OFFSET "0x300000000000"
static const char *const checked_flags[] = { "-fsanitize=kernel-address" };
/* Each branch is a point where others may run; in a tree's files each access is enough of them. */
static const char *const gcc_branch_flags[] = { "-fsanitize-coverage=trace-pc" };
static const char *const clang_branch_flags[] = { "-fsanitize-coverage=bb,trace-pc" };
/* Each function looks how much of the stack is used (src/rules/depth.c). */
static const char *const clang_entry_flags[] = { "-finstrument-function-entry-bare" };
static const char *const gcc_entry_flags[] = { "-finstrument-functions" };
static const char *const gcc_checked_flags[] = {
	"-fsanitize=bounds",	/* src/rules/bounds.c */
	"--param=asan-instrumentation-with-call-threshold=0",
	"--param=asan-globals=1",
	"--param=asan-stack=1",
	"-fsanitize-address-use-after-scope",
	("-fasan-shadow-offset=" SHADOW_OFFSET),
};
/* What wraps is noted, and told when an allocation takes it for its size (src/rules/size.c). */
static const char *const clang_wrap_flags[] = {
	"-fno-wrapv",		/* or no signed operation is looked at */
	"-fsanitize=signed-integer-overflow,unsigned-integer-overflow,shift,unsigned-shift-base",
	"-fsanitize=implicit-conversion",
	"-fsanitize-recover=all",
};
static const char *const clang_no_wrap_flags[] = { "-fno-strict-overflow" };
static const char *const gcc_flags[] = {
	"-fno-strict-overflow",
	"-fmax-errors=20",
	"-Wno-alloc-size-larger-than",
	"-fno-ipa-icf",
	"-fno-ipa-sra",
	"-fno-ipa-cp",
	"-fno-partial-inlining",
	"-fstack-clash-protection",
};
static const char *const clang_checked_flags[] = {
	"-fsanitize=array-bounds",	/* src/rules/bounds.c */
	"-fsanitize-recover=array-bounds",
	"-mllvm",
	"-asan-globals=1",
	"-mllvm",
	"-asan-stack=1",
	"-mllvm",
	"-asan-use-after-scope=1",
	"-mllvm",
	("-asan-mapping-offset=" SHADOW_OFFSET),
	/*
	 * Accesses must still be there when they are instrumented. Else a local array that nobody
	 * writes to is its initialiser, and a loop over one is its result.
	 */
	"-fno-unroll-loops",
	"-mllvm",
	"-capture-tracking-max-uses-to-explore=0",
};
/*
 * Code looks at the shadow itself (src/port/sim/look.c), at one byte of it, and so at the address
 * (src/rules/misaligned.c); what has no branches that count needs the calls, which do.  All blocks
 * have a point: which of them are needless is known behind the optimiser (tools/asm_flow.c).
 */
static const char *const clang_look_flags[] = {
	"-mllvm",
#if defined(__x86_64__)
	"-asan-instrumentation-with-call-threshold=1000000000",
	"-mllvm",
	"-sanitizer-coverage-prune-blocks=0",
	"-fsanitize=alignment",
	"-fsanitize-recover=alignment",
#else
	"-asan-instrumentation-with-call-threshold=0",
#endif
};
static const char *const clang_call_flags[] = {
	"-mllvm",
	"-asan-instrumentation-with-call-threshold=0",
};
static const char *const clang_flags[] = {
	"-fno-finite-loops",	/* an endless loop is one */
	"-gdwarf-aranges",
	"-Wno-gnu-variable-sized-type-not-at-end",
#if defined(__x86_64__)
	"-fstack-clash-protection",	/* a large frame must hit the gap below the stack */
#endif
};

/* A warning is one line, and notes follow it. */
static const char *const said_flags[] = {
	"-Wno-error", "-fdiagnostics-color=never",
};

static void add_all(struct words *words, const char *const *flags, size_t count)
{
	for (size_t i = 0; i < count; i++)
		words_add(words, flags[i]);
}
#define ADD_ALL(words, flags) add_all(words, flags, sizeof(flags) / sizeof((flags)[0]))

void add_pair(struct words *words, const char *first, const char *second)
{
	words_add(words, first);
	words_add(words, second);
}

/* -- the steps -- */

char *module_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *name = need_copy(slash ? slash + 1 : path), *dot = strrchr(name, '.');

	if (dot && dot != name)
		*dot = 0;
	for (char *at = name; *at; at++)
		if (!isalnum((unsigned char)*at))
			*at = '_';
	return name;
}

int check_readable(const char *path)
{
	struct stat info;

	if (stat(path, &info) < 0)
		return unusable("cannot read '%s': %s", path, strerror(errno));
	if (S_ISDIR(info.st_mode))
		return unusable("'%s' is a directory; name the C files of one module", path);
	if (!S_ISREG(info.st_mode))
		return unusable("'%s' is not a regular file", path);
	if (access(path, R_OK) < 0)
		return unusable("cannot read '%s': %s", path, strerror(errno));
	return 0;
}

static void add_headers(const struct compiler *compiler, const struct build *build,
			struct words *words)
{
	add_pair(words, "-isystem", compiler->headers);
	if (build->tree)
		add_pair(words, "-I", text_format("%s/own", build->directory));
	for (size_t i = 0; i < build->include_dirs.count; i++)
		add_pair(words, "-I", build->include_dirs.at[i]);
}

static void add_init_flags(const struct compiler *compiler, const struct build *build,
			   struct words *words)
{
	ADD_ALL(words, plain_flags);
	words_add(words, "-DMODULE");
	words_add(words, build->kind == BUILD_INIT ? "-O0" : "-O1");
	ADD_ALL(words, init_flags);
	add_headers(compiler, build, words);
}

static void add_flags(const struct compiler *compiler, const struct build *build,
		      const char *source, enum unit_kind kind, struct words *words)
{
	bool is_own = kind != UNIT_CORE && !tree_holds(build, source);
	bool is_checked = kind != UNIT_CORE && kind != UNIT_MEASURED;

	ADD_ALL(words, plain_flags);
	if (kind == UNIT_MEASURED)
		ADD_ALL(words, measured_flags);
	else if (!is_own)
		ADD_ALL(words, tree_flags_of);
	else
		ADD_ALL(words, own_flags);
	if (!is_own && !compiler->is_clang)
		ADD_ALL(words, gcc_tree_flags);
	if (kind == UNIT_MODULE || kind == UNIT_MEASURED)
		words_add(words, "-DMODULE");
	if (is_checked)
		ADD_ALL(words, checked_flags);
	if (compiler->is_clang) {
		ADD_ALL(words, clang_flags);
		if (is_checked)
			ADD_ALL(words, clang_checked_flags);
		if (is_checked && !is_own)
			ADD_ALL(words, clang_call_flags);
		if (is_own && is_checked) {
			ADD_ALL(words, clang_branch_flags);
			ADD_ALL(words, clang_look_flags);
			ADD_ALL(words, clang_entry_flags);
			ADD_ALL(words, clang_wrap_flags);
			words_add(words, text_format("-fsanitize-ignorelist=%s/meant",
						     build->directory));
		} else {
			ADD_ALL(words, clang_no_wrap_flags);
		}
	} else {
		ADD_ALL(words, gcc_flags);
		if (is_checked)
			ADD_ALL(words, gcc_checked_flags);
		if (is_own && is_checked) {
			ADD_ALL(words, gcc_branch_flags);
			ADD_ALL(words, gcc_entry_flags);
		}
	}
	add_headers(compiler, build, words);
	tree_flags(build, source, words);
}

const struct words *flags_of_file(const struct request *request, const char *source)
{
	for (size_t i = 0; request->file_flags && i < request->files.count; i++)
		if (!strcmp(request->files.at[i], source))
			return &request->file_flags[i];
	return NULL;
}

static void add_cflag(struct words *words, const char *flag)
{
	words_add(words, flag);
	/* To clang -Wextra undoes the earlier option; callbacks have such parameters. */
	if (!strcmp(flag, "-Wextra"))
		words_add(words, "-Wno-unused-parameter");
}

/* Its own come first: what the user adds has the last word. */
static void add_cflags(const struct request *request, const char *source, struct words *words)
{
	const struct words *own = flags_of_file(request, source);

	/* A tree's flags may be meant for another compiler. */
	if (own && own->count)
		words_add(words, "-Wno-unknown-warning-option");
	for (size_t i = 0; own && i < own->count; i++)
		add_cflag(words, own->at[i]);
	for (size_t i = 0; i < request->cflags.count; i++)
		add_cflag(words, request->cflags.at[i]);
}

/*
 * For the copy of a struct, or zeros in one, clang calls memcpy() and memset() itself: those are
 * looked at as well.
 */
static int name_copies(const char *object)
{
	struct words words = { 0 };

	words_add(&words, "objcopy");
	add_pair(&words, "--redefine-sym", "memcpy=km_memcpy");
	add_pair(&words, "--redefine-sym", "memmove=km_memmove");
	add_pair(&words, "--redefine-sym", "memset=km_memset");
	words_add(&words, object);
	return command_run(words.at, NULL) == 0
		       ? 0
		       : unusable("objcopy (package binutils) failed on the compiled file");
}

int compile(const struct compiler *compiler, const struct request *request,
	    const struct build *build, const char *source, enum unit_kind kind, const char *object)
{
	struct words words = { 0 };
	char *name = module_name(source);
	char *module = module_name(request->module ? request->module : request->files.at[0]);
	char *base_define = text_format("-DKBUILD_BASENAME=\"%s\"", name);
	char *name_define = text_format("-DKBUILD_MODNAME=\"%s\"",
					kind != UNIT_CORE		? module
					: strstr(source, "/kunit/") ? "kunit"
									: name);

	char *assembly = text_format("%s.s", object);
	bool is_counted = build->kind == BUILD_ADDRESS && kind != UNIT_CORE &&
			  kind != UNIT_MEASURED && !tree_holds(build, source) &&
			  points_in_code(compiler);

	progress_set("compiling %s", source);
	for (size_t i = 0; i < compiler->command.count; i++)
		words_add(&words, compiler->command.at[i]);
	if (build->kind == BUILD_ADDRESS)
		add_flags(compiler, build, source, kind, &words);
	else
		add_init_flags(compiler, build, &words);
	if (build->uses_kunit)
		words_add(&words, "-DKM_KUNIT");
	words_add(&words, name_define);
	words_add(&words, base_define);
	if (kind != UNIT_CORE)
		add_cflags(request, source, &words);
	if (is_counted)
		words_add(&words, "-S");
	add_pair(&words, "-o", is_counted ? assembly : object);
	/* A name such as -x.c must not be taken for an option. */
	if (source[0] == '-')
		words_add(&words, text_format("./%s", source));
	else
		words_add(&words, source);
	free(name);
	free(module);
	free(base_define);
	free(name_define);
	if (command_run(words.at, NULL) != 0 ||
	    (is_counted && points_assemble(compiler, assembly, object)))
		return 2;
	free(assembly);
	/* In the second program what is left by these names copies the compiler's shadow. */
	return kind == UNIT_CORE || build->kind == BUILD_INIT ? 0 : name_copies(object);
}

int compile_as(const struct compiler *compiler, const struct request *request,
	       const struct build *build, const char *source, const struct words *flags,
	       const char *result, const char *output)
{
	struct words words = { 0 };
	char *name = module_name(source), *module = module_name(request->files.at[0]);
	int status;

	for (size_t i = 0; i < compiler->command.count; i++)
		words_add(&words, compiler->command.at[i]);
	ADD_ALL(&words, plain_flags);
	words_add(&words, "-DMODULE");
	add_headers(compiler, build, &words);
	tree_flags(build, source, &words);
	words_add(&words, text_format("-DKBUILD_BASENAME=\"%s\"", name));
	words_add(&words, text_format("-DKBUILD_MODNAME=\"%s\"", module));
	add_cflags(request, source, &words);
	for (size_t i = 0; i < flags->count; i++)
		words_add(&words, flags->at[i]);
	ADD_ALL(&words, said_flags);
	add_pair(&words, "-o", result);
	words_add(&words, source[0] == '-' ? text_format("./%s", source) : source);
	status = command_run(words.at, output);
	free(name);
	free(module);
	return status;
}

int compile_said(const struct compiler *compiler, const struct request *request,
		 const struct build *build, const char *source, const struct words *flags,
		 const char *output)
{
	return compile_as(compiler, request, build, source, flags, "/dev/null", output);
}
