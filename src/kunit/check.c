// SPDX-License-Identifier: MIT
/*
 * check.c - a check that failed: what it tells, and how it ends its case
 *
 * The text is the kernel's, line by line, so that tools that read KTAP find what they look for.
 * C1  The value of an operand that is written as that value is not told again.
 * Lock: none.  Lines go through printk() one by one.
 */
#include "kunit.h"

#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/stdarg.h>

#define BYTES_A_LINE	16

static void tell_place(struct kunit *test, const struct km_kunit_check *check)
{
	kunit_set_failure(test);
	kunit_err(test, "%s FAILED at %s:%d\n",
		  check->type == KUNIT_ASSERTION ? "ASSERTION" : "EXPECTATION", check->file,
		  check->line);
}

static void tell_expected(const struct km_kunit_check *check)
{
	pr_err(KUNIT_SUBTEST_INDENT "Expected %s %s %s, but\n", check->left, check->operation,
	       check->right);
}

static void tell_message(const char *fmt, va_list *args)
{
	struct va_format message = { .fmt = fmt, .va = args };

	if (fmt)
		pr_err("%pV", &message);
}

/* The reader's last word on @fmt, which stands for "nothing to add" when NULL. */
#define TELL_MESSAGE(fmt)			\
	do {					\
		va_list args;			\
						\
		va_start(args, fmt);		\
		tell_message(fmt, &args);	\
		va_end(args);			\
	} while (0)

void km_kunit_fail(struct kunit *test, const struct km_kunit_check *check, const char *fmt, ...)
{
	tell_place(test, check);
	TELL_MESSAGE(fmt);
}

void km_kunit_fail_truth(struct kunit *test, const struct km_kunit_check *check, bool expected,
			 const char *fmt, ...)
{
	tell_place(test, check);
	pr_err(KUNIT_SUBTEST_INDENT "Expected %s to be %s, but is %s\n", check->left,
	       expected ? "true" : "false", expected ? "false" : "true");
	TELL_MESSAGE(fmt);
}

static void tell_number(const char *text, long long value)
{
	char literal[24];

	scnprintf(literal, sizeof(literal), "%lld", value);
	if (strcmp(text, literal))	/* C1 */
		pr_err(KUNIT_SUBSUBTEST_INDENT "%s == %lld (0x%llx)\n", text, value, value);
}

void km_kunit_fail_number(struct kunit *test, const struct km_kunit_check *check, long long left,
			  long long right, const char *fmt, ...)
{
	tell_place(test, check);
	tell_expected(check);
	tell_number(check->left, left);
	tell_number(check->right, right);
	TELL_MESSAGE(fmt);
}

void km_kunit_fail_pointer(struct kunit *test, const struct km_kunit_check *check, const void *left,
			   const void *right, const char *fmt, ...)
{
	tell_place(test, check);
	tell_expected(check);
	pr_err(KUNIT_SUBSUBTEST_INDENT "%s == %px\n", check->left, left);
	pr_err(KUNIT_SUBSUBTEST_INDENT "%s == %px\n", check->right, right);
	TELL_MESSAGE(fmt);
}

static bool is_string_literal(const char *text, const char *value)
{
	size_t bytes = value ? strlen(value) : 0;

	return value && strlen(text) == bytes + 2 && text[0] == '"' && text[bytes + 1] == '"' &&
	       !strncmp(text + 1, value, bytes);
}

static void tell_string(const char *text, const char *value)
{
	if (!is_string_literal(text, value))	/* C1 */
		pr_err(KUNIT_SUBSUBTEST_INDENT "%s == \"%s\"\n", text, value);
}

void km_kunit_fail_string(struct kunit *test, const struct km_kunit_check *check, const char *left,
			  const char *right, const char *fmt, ...)
{
	tell_place(test, check);
	tell_expected(check);
	tell_string(check->left, left);
	tell_string(check->right, right);
	TELL_MESSAGE(fmt);
}

/* @bytes of @one in hexadecimal, those that differ from @other's in angle brackets. */
static void tell_bytes(const char *text, const u8 *one, const u8 *other, size_t bytes)
{
	pr_err(KUNIT_SUBSUBTEST_INDENT "%s ==\n", text);
	for (size_t line = 0; line < bytes; line += BYTES_A_LINE) {
		char words[BYTES_A_LINE * 4 + 1];
		int used = 0;

		for (size_t i = line; i < bytes && i < line + BYTES_A_LINE; i++)
			used += scnprintf(words + used, sizeof(words) - used,
					  one[i] == other[i] ? " %02x " : "<%02x>", one[i]);
		pr_err(KUNIT_SUBSUBTEST_INDENT "%s\n", words);
	}
}

void km_kunit_fail_memory(struct kunit *test, const struct km_kunit_check *check,
			  const struct km_kunit_bytes *bytes, const char *fmt, ...)
{
	tell_place(test, check);
	if (!bytes->one || !bytes->other) {
		pr_err(KUNIT_SUBTEST_INDENT "Expected %s is not null, but is\n",
		       bytes->one ? check->right : check->left);
	} else {
		tell_expected(check);
		tell_bytes(check->left, bytes->one, bytes->other, bytes->bytes);
		tell_bytes(check->right, bytes->other, bytes->one, bytes->bytes);
	}
	TELL_MESSAGE(fmt);
}

void km_kunit_fail_no_pointer(struct kunit *test, const struct km_kunit_check *check,
			      const void *value, const char *fmt, ...)
{
	tell_place(test, check);
	if (value)
		pr_err(KUNIT_SUBTEST_INDENT "Expected %s is not error, but is: %ld\n", check->left,
		       PTR_ERR(value));
	else
		pr_err(KUNIT_SUBTEST_INDENT "Expected %s is not null, but is\n", check->left);
	TELL_MESSAGE(fmt);
}

void km_kunit_fail_current(const char *file, int line, const char *fmt, ...)
{
	struct kunit *test = kunit_get_current_test();
	struct va_format message = { .fmt = fmt };
	va_list args;

	if (!test)
		return;
	kunit_set_failure(test);
	va_start(args, fmt);
	message.va = &args;
	kunit_err(test, "%s:%d: %pV", file, line, &message);
	va_end(args);
}

void __noreturn km_kunit_abort(struct kunit *test)
{
	kunit_try_catch_throw(&test->try_catch);
}

void km_kunit_leave(struct kunit *test)
{
	/* The caller's registers: what does not return would not keep them. */
	__builtin_unwind_init();
	km_kunit_abort(test);
}

void km_kunit_mark_skipped(struct kunit *test, const char *fmt, ...)
{
	va_list args;

	WRITE_ONCE(test->status, KUNIT_SKIPPED);
	va_start(args, fmt);
	vscnprintf(test->status_comment, sizeof(test->status_comment), fmt, args);
	va_end(args);
}
