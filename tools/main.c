/* SPDX-License-Identifier: MIT */
/* main.c - the kmalloc command: one binary, one verb a file */
#include "text.h"
#include "verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int verb_help(int argc, char **argv);

static int verb_version(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	puts("kmalloc " KM_VERSION " (Linux 6.12 memory allocation API)");
	return 0;
}

static int verb_list_rules(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	explain_list_rules();
	return 0;
}

static const struct verb {
	const char *name, *arguments, *does;
	int (*run)(int argc, char **argv);
} verbs[] = {
	{ "check", "FILE.c... [-- CFLAGS]", "run kernel code under the rules of kernel memory",
	  verb_check },
	{ "explain", "RULE", "tell a rule, with a wrong and a right example", verb_explain },
	{ "lint", "[OPTIONS] DIR|FILE...", "look for mistakes in kernel code that cannot be run",
	  verb_lint },
	{ "gfp", "[--kernel VERSION] FLAGS",
	  "decode a flag word or name: may it sleep, which zone, ...", verb_gfp },
	{ "list-rules", "", "name every rule in one line each", verb_list_rules },
	{ "help", "", "print this", verb_help },
	{ "version", "", "print the version", verb_version },
};
#define VERBS (sizeof(verbs) / sizeof(verbs[0]))

static void print_usage(FILE *out)
{
	fputs("usage: kmalloc VERB ARGUMENTS\n\n", out);
	for (size_t i = 0; i < VERBS; i++) {
		char *left = text_format("%s %s", verbs[i].name, verbs[i].arguments);

		fprintf(out, "  kmalloc %-32s %s\n", left, verbs[i].does);
		free(left);
	}
	fputs("\nkmalloc check --help tells the options of check.\n", out);
}

static int verb_help(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	print_usage(stdout);
	return 0;
}

static int run_verb(int argc, char **argv)
{
	const char *name = argv[1];

	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
		name = "help";
	if (strcmp(name, "--version") == 0)
		name = "version";
	if (strcmp(name, "--list-rules") == 0)
		name = "list-rules";
	for (size_t i = 0; i < VERBS; i++)
		if (strcmp(name, verbs[i].name) == 0)
			return verbs[i].run(argc - 2, argv + 2);
	return unusable("there is no verb '%s'; kmalloc help lists them", name);
}

int main(int argc, char **argv)
{
	int status;

	if (argc < 2) {
		print_usage(stderr);
		return 2;
	}
	status = run_verb(argc, argv);
	/* A full disk or closed pipe must not look like a clean check. */
	if (fflush(stdout) || ferror(stdout))
		return unusable("cannot write to standard output");
	return status;
}
