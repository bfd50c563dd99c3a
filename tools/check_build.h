/* SPDX-License-Identifier: MIT */
/* check_build.h - between the parts that make the checked program */
#ifndef CHECK_BUILD_H
#define CHECK_BUILD_H

#include "check.h"

struct compiler {
	struct words command;
	bool is_clang;
	bool has_init; /* it has -fsanitize=kernel-memory */
	char *headers;
	struct words link; /* linker.c; none: the compiler links */
};

/* 0, or 2 after a message. */
int compiler_find(struct compiler *compiler, const struct request *request,
		  const struct build *build);
int check_readable(const char *path);

/* How a file is compiled. */
enum unit_kind {
	UNIT_MODULE, /* a file to check */
	UNIT_BUILT_IN, /* a file to check that Linux would not build as a module */
	UNIT_CORE, /* KUnit's core, a tree's library: neither judged nor instrumented */
	UNIT_MEASURED /* as a kernel would have it, with a list of what stack it needs */
};
int compile(const struct compiler *compiler, const struct request *request,
	    const struct build *build, const char *source, enum unit_kind kind,
	    const char *object);

/* check_build.c: the objects of request->files; @stem: in front of their names. */
int compile_all(const struct compiler *compiler, const struct request *request,
		const struct build *build, const char *stem, struct words *ret_objects);
/* All other names become the object's own. */
int keep_entry_points(const char *module);

/* check_modules.c: adds to the object what other modules of the tree export, and they need. */
int modules_join(const struct compiler *compiler, const struct request *request,
		 const struct build *build, const char *module, struct beside *ret_beside);

/* @source with @flags beside those of a module, as @result; what the compiler says into @output. */
int compile_as(const struct compiler *compiler, const struct request *request,
	       const struct build *build, const char *source, const struct words *flags,
	       const char *result, const char *output);
/* What a compiler says of @source with @flags beside those of a module, into @output. */
int compile_said(const struct compiler *compiler, const struct request *request,
		 const struct build *build, const char *source, const struct words *flags,
		 const char *output);
/* False: there is no such compiler. */
bool compiler_named(struct compiler *compiler, const struct build *build, const char *name);

/* What the file's own Kbuild says; NULL: nothing. */
const struct words *flags_of_file(const struct request *request, const char *source);

/* check_points.c: is a module's code compiled to assembly first, to count its own points? */
bool points_in_code(const struct compiler *compiler);
int points_assemble(const struct compiler *compiler, const char *assembly, const char *object);

/* check_part.c: parts that are not C. */
bool part_is_object(const char *file);
bool part_is_assembly(const char *file);
void part_note(const struct request *request, const char *file);
int part_assemble(const struct compiler *compiler, const struct request *request,
		  const char *source, const char *object);

/* check_tree.c: the kernel tree that lends what we do not have. */
int tree_find(struct request *request, struct build *build);
bool tree_holds(const struct build *build, const char *source);
void tree_kunit_files(const struct request *request, const struct build *build,
		      struct words *ret_files);
/* The file of the tree's library that has @name; NULL: none. */
char *tree_exporter(const struct build *build, const char *name);
void tree_flags(const struct build *build, const char *source, struct words *words);

void add_pair(struct words *words, const char *first, const char *second);

/* binutils.c */
int binutils_join(const struct words *objects, const char *out);
int binutils_assemble(const char *source, const char *object);

/* linker.c */
#define LINK_FLAGS "-Wl,--build-id=none,-z,noexecstack"
void linker_ask(struct words *words);
/* False: the compiler has not told what it was asked, it is not clang. */
bool linker_read(const char *said, struct words *ret_link, char **ret_headers);
int linker_run(const struct words *link, const struct words *objects, const char *program,
	       const char *messages);

#endif
