/* SPDX-License-Identifier: MIT */
/* kbuild.h - a tree of modules as its Kbuild or Makefile lists it */
#ifndef KBUILD_H
#define KBUILD_H

#include "check.h"

enum kbuild_kind {
	KBUILD_MODULE,
	KBUILD_BUILT_IN, /* obj-y: no module */
	KBUILD_OFF /* in obj-: its CONFIG_ is not set */
};

struct kbuild_module {
	enum kbuild_kind kind;
	char *name; /* as it is loaded: foo_bar of foo-bar.o */
	char *list; /* the Kbuild or Makefile that has it, as the user would name it */
	bool is_several;
	size_t parts; /* as listed */
	struct words files;
	struct words *flags; /* of each file, in that order */
	struct words untaken; /* flags that are not for a check, each once */
	char *trouble; /* why it cannot be built; NULL: nothing yet */
};

struct kbuild {
	struct kbuild_module *modules;
	size_t count;
	bool is_partial; /* something could not be read: told */
};

/*
 * @variables: NAME=VALUE for make.  0, or 2 after a message; what of the tree can be read is in
 * @ret_kbuild when it is partial.
 */
int kbuild_read(const struct request *request, const struct places *places,
		const struct words *variables, struct kbuild *ret_kbuild);

/* kbuild_order.c: who exports comes before who uses it. */
void kbuild_order(struct kbuild *kbuild);

/* kbuild_make.c: has make evaluate the list; what it wrote, or NULL after a message. */
char *kbuild_evaluate(const struct request *request, const struct places *places,
		      const struct words *variables, bool *ret_is_partial);

/* kbuild_flags.c: words as a shell would make them; false: it takes a shell to tell. */
bool flags_split(const char *text, struct words *ret_words);
/* Moves those that are not for a check from @words to @untaken. */
void flags_sift(struct words *words, struct words *untaken, bool is_assembly);

#endif
