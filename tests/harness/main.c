// SPDX-License-Identifier: MIT
/*
 * main.c - run the tests of one program: arguments, TAP, and what is left of a test that takes the
 * program down
 *
 * Hosted; the tests are kernel-side and see test.h only. H1: everything goes out by write(2),
 * because tests fail from any thread and from interrupts. H2: km_test_random() starts anew for each
 * test, so that one test alone replays.
 */
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <test.h>

#include "harness.h"

#define CONSOLE_BYTES	(256 << 10)

uint64_t km_test_seed = 1;

static struct {
	const char *program;
	struct harness_options options;
	char *const *names;		/* of the tests to run; NULL-terminated; empty: all */
	unsigned int planned, done, failed;
	const struct km_test *now;	/* NULL: between tests */
	unsigned int failures;		/* of the test that runs */
	const char *skip;
	uint64_t random;
	char console[CONSOLE_BYTES];
	size_t console_bytes;
} harness;

static void put(const char *text, size_t bytes)
{
	while (bytes) {
		ssize_t done = write(1, text, bytes);

		if (done <= 0)
			return;
		text += done;
		bytes -= (size_t)done;
	}
}

static void print(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void print(const char *format, ...)
{
	char line[1024];
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	put(line, length < (int)sizeof(line) ? (size_t)length : sizeof(line) - 1);
}

/* -- what tests call --------------------------------------------------------------------------- */

uint64_t km_test_random(void)
{
	uint64_t z = (harness.random += 0x9e3779b97f4a7c15UL);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9UL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebUL;
	return z ^ (z >> 31);
}

uint64_t km_test_random_below(uint64_t limit)
{
	return limit ? km_test_random() % limit : 0;
}

void km_test_fail(const char *file, int line, const char *text)
{
	if (__atomic_fetch_add(&harness.failures, 1, __ATOMIC_RELAXED) < 20)
		print("# %s:%d: %s\n", file, line, text);
}

void km_test_fail_eq(const char *file, int line, const char *text, unsigned long long got,
		     unsigned long long want)
{
	if (__atomic_fetch_add(&harness.failures, 1, __ATOMIC_RELAXED) < 20)
		print("# %s:%d: %s (got %llu = 0x%llx, want %llu = 0x%llx)\n", file, line, text,
		      got, got, want, want);
}

void km_test_note(const char *format, ...)
{
	char line[900];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	print("# %s\n", line);
}

void km_test_skip(const char *why)
{
	harness.skip = why;
}

const char *km_test_console(void)
{
	return harness.console;
}

void km_test_console_clear(void)
{
	harness.console_bytes = 0;
	harness.console[0] = '\0';
}

void harness_console(const char *text, size_t bytes)
{
	size_t room = CONSOLE_BYTES - 1 - harness.console_bytes;

	if (bytes > room)
		bytes = room;
	memcpy(harness.console + harness.console_bytes, text, bytes);
	harness.console_bytes += bytes;
	harness.console[harness.console_bytes] = '\0';
}

bool km_test_readable(const void *address)
{
	int ends[2];
	bool may_read;

	if (pipe(ends))
		return false;
	may_read = write(ends[1], address, 1) == 1;	/* else EFAULT */
	close(ends[0]);
	close(ends[1]);
	return may_read;
}

/* -- one test ---------------------------------------------------------------------------------- */

static void console_print(void)
{
	const char *line = harness.console;

	while (*line) {
		const char *end = strchrnul(line, '\n');

		print("# | %.*s\n", (int)(end - line), line);
		line = *end ? end + 1 : end;
	}
}

static void replay_print(const char *name)
{
	const struct harness_options *options = &harness.options;

	print("# seed %llu, replay: %s --seed %llu", (unsigned long long)options->seed,
	      harness.program, (unsigned long long)options->seed);
	if (options->cpus)
		print(" --cpus %u", options->cpus);
	if (options->mem_bytes)
		print(" --mem %zu", options->mem_bytes >> 20);
	if (options->explore)
		print(" --explore 1");
	print(" %s\n", name);
}

/* The program ends inside a test, or inside its set-up. */
static void end_early(const char *why, int number)
{
	static bool is_told;

	if (is_told)
		return;
	is_told = true;
	if (harness.now) {
		print("not ok %u - %s\n", ++harness.done, harness.now->name);
		console_print();
		replay_print(harness.now->name);
	} else {
		console_print();
		replay_print("");
	}
	print("Bail out! %s %d in %s\n", why, number, harness.now ? harness.now->name : "set-up");
}

void harness_stopping(int status)
{
	end_early("stopped with status", status);
}

static void on_signal(int number)
{
	end_early("signal", number);
	_exit(70);
}

static void test_run(const struct km_test *test)
{
	harness.now = test;
	harness.failures = 0;
	harness.skip = NULL;
	harness.random = harness.options.seed;
	km_test_console_clear();
	harness_between_tests();
	test->run();
	harness.now = NULL;
	harness.done++;
	if (harness.failures) {
		harness.failed++;
		print("not ok %u - %s\n", harness.done, test->name);
		console_print();
		replay_print(test->name);
	} else if (harness.skip) {
		print("ok %u - %s # SKIP %s\n", harness.done, test->name, harness.skip);
	} else {
		print("ok %u - %s\n", harness.done, test->name);
	}
}

static bool is_wanted(const struct km_test *test)
{
	if (!harness.names[0])
		return true;
	for (unsigned int i = 0; harness.names[i]; i++)
		if (!strcmp(harness.names[i], test->name))
			return true;
	return false;
}

static int tests_run(void *arg)
{
	int error;

	(void)arg;
	for (unsigned int i = 0; i < km_test_count; i++)
		harness.planned += is_wanted(&km_test_list[i]);
	print("1..%u\n", harness.planned);
	error = km_test_setup ? km_test_setup() : 0;
	if (error) {
		console_print();
		print("Bail out! set-up failed: %d\n", error);
		return 1;
	}
	for (unsigned int i = 0; i < km_test_count; i++)
		if (is_wanted(&km_test_list[i]))
			test_run(&km_test_list[i]);
	return harness.failed ? 1 : 0;
}

/* -- arguments --------------------------------------------------------------------------------- */

static int usage(void)
{
	fprintf(stderr,
		"usage: %s [--seed N] [--cpus N] [--mem MIB] [--explore 1] [--list] [NAME...]\n",
		harness.program);
	return 2;
}

static int tests_list(void)
{
	for (unsigned int i = 0; i < km_test_count; i++)
		printf("%s\n", km_test_list[i].name);
	return 0;
}

static bool number_take(const char *text, uint64_t *ret_number)
{
	char *end;

	*ret_number = text ? strtoull(text, &end, 0) : 0;
	return text && *text && !*end;
}

static void signals_catch(void)
{
	static const int numbers[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGALRM };

	for (unsigned int i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		signal(numbers[i], on_signal);
}

static bool name_exists(const char *name)
{
	for (unsigned int i = 0; i < km_test_count; i++)
		if (!strcmp(name, km_test_list[i].name))
			return true;
	fprintf(stderr, "%s: no test %s\n", harness.program, name);
	return false;
}

int main(int argc, char **argv)
{
	int at = 1, result;

	harness.program = argv[0];
	harness.options.seed = 1;
	while (at < argc && !strncmp(argv[at], "--", 2)) {
		uint64_t number;

		if (!strcmp(argv[at], "--list"))
			return tests_list();
		if (at + 1 == argc || !number_take(argv[at + 1], &number))
			return usage();
		if (!strcmp(argv[at], "--seed"))
			harness.options.seed = number;
		else if (!strcmp(argv[at], "--cpus"))
			harness.options.cpus = (unsigned int)number;
		else if (!strcmp(argv[at], "--mem"))
			harness.options.mem_bytes = number << 20;
		else if (!strcmp(argv[at], "--explore"))
			harness.options.explore = number;
		else
			return usage();
		at += 2;
	}
	harness.names = argv + at;
	for (; at < argc; at++)
		if (!name_exists(argv[at]))
			return 2;
	km_test_seed = harness.options.seed;
	signals_catch();
	result = harness_run(&harness.options, tests_run, NULL);
	/* Threads of the machine may still run: no exit handlers. */
	fflush(NULL);
	_exit(result);
}
