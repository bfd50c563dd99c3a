/* SPDX-License-Identifier: MIT */
/*
 * test.h - unit tests of kernel-side code: TAP out, one seed, no libc
 *
 *	static void merge_restores_the_larger_block(void) { CHECK_EQ(buddy_order(b), 3); }
 *	static int setup(void) { return km_machine_boot(NULL); }
 *	KM_TESTS(setup, T(merge_restores_the_larger_block), T(...));
 *
 * Each x_test.c is one program on each port: build/x_test-sim [--seed N] [--cpus N] [--mem MiB]
 * [NAME]
 */
#ifndef TEST_HARNESS_H
#define TEST_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct km_test {
	const char *name;
	void (*run)(void);
};

extern const struct km_test km_test_list[];
extern const unsigned int km_test_count;
extern int (*const km_test_setup)(void);	/* once, before the first test; not 0: bail out */

#define T(fn)	{ #fn, fn }
#define KM_TESTS(setup, ...)								\
	const struct km_test km_test_list[] = { __VA_ARGS__ };				\
	const unsigned int km_test_count = sizeof(km_test_list) / sizeof(km_test_list[0]);	\
	int (*const km_test_setup)(void) = (setup)

extern uint64_t km_test_seed;
uint64_t km_test_random(void);			/* from the seed; restarted for each test */
uint64_t km_test_random_below(uint64_t limit);
/* may be called any number of times; from any thread */
void km_test_fail(const char *file, int line, const char *text);
void km_test_fail_eq(const char *file, int line, const char *text, unsigned long long got,
		     unsigned long long want);
void km_test_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
void km_test_skip(const char *why);
/* The port's console text since the test began (what printk wrote); for tests of messages. */
const char *km_test_console(void);
void km_test_console_clear(void);

/* Can the byte at @address be read?  Asks the host, does not fault. */
bool km_test_readable(const void *address);

#define CHECK(cond)								\
	do {									\
		if (!(cond))							\
			km_test_fail(__FILE__, __LINE__, #cond);		\
	} while (0)
#define CHECK_EQ(a, b)								\
	do {									\
		unsigned long long got_ = (unsigned long long)(a);		\
		unsigned long long want_ = (unsigned long long)(b);		\
		if (got_ != want_)						\
			km_test_fail_eq(__FILE__, __LINE__, #a " == " #b, got_, want_); \
	} while (0)
#define REQUIRE(cond)								\
	do {									\
		if (!(cond)) {							\
			km_test_fail(__FILE__, __LINE__, #cond);		\
			return;							\
		}								\
	} while (0)

#endif
