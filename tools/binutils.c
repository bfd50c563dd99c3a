/* SPDX-License-Identifier: MIT */
/*
 * binutils.c - steps of the checked program that need no compiler: ld and as do them by themselves
 *
 * A check takes these steps several times, and a compiler takes ten times longer to start than they
 * take.
 */
#include "check_build.h"

int binutils_join(const struct words *objects, const char *out)
{
	struct words words = { 0 };

	words_add(&words, "ld");
	words_add(&words, "-r");
	add_pair(&words, "-o", out);
	for (size_t i = 0; i < objects->count; i++)
		words_add(&words, objects->at[i]);
	return command_run(words.at, NULL) == 0
		       ? 0
		       : unusable("ld (package binutils) failed on the compiled files");
}

int binutils_assemble(const char *source, const char *object)
{
	struct words words = { 0 };

	words_add(&words, "as");
	add_pair(&words, "-o", object);
	words_add(&words, source);
	return command_run(words.at, NULL) == 0
		       ? 0
		       : unusable("as (package binutils) failed on '%s'", source);
}
