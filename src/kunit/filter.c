// SPDX-License-Identifier: MIT
/*
 * filter.c - which suites and cases are run, as the user asked: module parameters kunit.*
 *
 * Owns: the parameters.
 * F1  A suite of which no case is left is not there at all, unless nothing is filtered.
 * F2  What a suite says of its speed holds for its cases that say nothing.
 * Nothing here locks or sleeps.
 */
#undef KBUILD_MODNAME
#define KBUILD_MODNAME "kunit"
#include "kunit.h"

#include <linux/moduleparam.h>

static char *filter_glob, *filter, *filter_action, *action;
static int stats_enabled = 1;

/* -- patterns -- */

/* The class that follows '[': whether @c is in it; *ret_rest: behind it. NULL: it has no end. */
static bool class_has(const char *class, char c, const char **ret_rest)
{
	bool is_negated = *class == '!', is_in = false;
	const char *at = class + is_negated;

	*ret_rest = NULL;
	do {
		char low = *at++, high = low;

		if (!low)
			return false;
		if (at[0] == '-' && at[1] && at[1] != ']') {
			high = at[1];
			at += 2;
		}
		is_in |= low <= c && c <= high;
	} while (*at != ']');
	*ret_rest = at + 1;
	return is_in != is_negated;
}

/* One character of @pattern against @c; *ret_rest: what follows it in the pattern. */
static bool char_fits(const char *pattern, char c, const char **ret_rest)
{
	bool fits;

	*ret_rest = pattern + 1;
	if (*pattern == '?')
		return true;
	if (*pattern == '[') {
		fits = class_has(pattern + 1, c, ret_rest);
		if (*ret_rest)
			return fits;
		*ret_rest = pattern + 1;
	}
	if (*pattern == '\\' && pattern[1]) {
		*ret_rest = pattern + 2;
		return pattern[1] == c;
	}
	return *pattern == c;
}

/* Shell patterns: * ? [a-z] [!a-z] and \ before what is meant as it is; [@pattern, @end). */
static bool glob_fits(const char *pattern, const char *end, const char *text)
{
	const char *star = NULL, *retry = NULL, *rest;

	for (; *text; ) {
		if (pattern < end && *pattern == '*') {
			star = ++pattern;
			retry = text;
		} else if (pattern < end && char_fits(pattern, *text, &rest)) {
			pattern = rest;
			text++;
		} else if (star) {
			pattern = star;
			text = ++retry;
		} else {
			return false;
		}
	}
	while (pattern < end && *pattern == '*')
		pattern++;
	return pattern >= end;
}

static bool glob_takes(const struct kunit_suite *suite, const struct kunit_case *test_case)
{
	const char *dot, *end;

	if (!filter_glob)
		return true;
	end = filter_glob + strlen(filter_glob);
	dot = strchr(filter_glob, '.');
	if (!dot)
		return glob_fits(filter_glob, end, suite->name);
	return glob_fits(filter_glob, dot, suite->name) &&
	       glob_fits(dot + 1, end, test_case->name);
}

/* -- attributes: "speed>slow, module=NAME" -- */

static const char *const speeds[] = { "unset", "very_slow", "slow", "normal" };

const char *speed_name(enum kunit_speed speed)
{
	return speed > KUNIT_SPEED_UNSET && speed <= KUNIT_SPEED_MAX ? speeds[speed] : NULL;
}

const char *suite_module(const struct kunit_suite *suite)
{
	const char *name = suite->test_cases[0].module_name;

	return suite->test_cases[0].run_case && name ? name : "";
}

struct term {
	char name[16], value[64];
	bool less, equal, greater;	/* which outcomes of a comparison fit */
};

static size_t copy_word(char *word, size_t room, const char *text, const char *ends)
{
	size_t bytes = strcspn(text, ends), used = bytes;

	while (used && text[used - 1] == ' ')
		used--;
	used = used < room ? used : room - 1;
	memcpy(word, text, used);
	word[used] = 0;
	return bytes;
}

/* Reads one term; NULL: it is none. Return: behind it and its comma. */
static const char *term_read(const char *text, struct term *ret_term)
{
	struct term term = { 0 };

	text += strspn(text, " ");
	text += copy_word(term.name, sizeof(term.name), text, "=<>!,");
	term.less = text[0] == '<' || text[0] == '!';
	term.greater = text[0] == '>' || text[0] == '!';
	if (!*text || *text == ',' || (text[0] == '!' && text[1] != '='))
		return NULL;
	term.equal = text[0] == '=' || (text[0] != '!' && text[1] == '=');
	text += text[0] != '=' && text[1] == '=' ? 2 : 1;
	text += strspn(text, " ");
	text += copy_word(term.value, sizeof(term.value), text, ",");
	*ret_term = term;
	return *text ? text + 1 : text;
}

static int speed_of(const char *name)
{
	for (int i = 1; i < (int)ARRAY_SIZE(speeds); i++)
		if (!strcmp(name, speeds[i]))
			return i;
	return 0;
}

static bool term_is_known(const struct term *term)
{
	bool is_equality = term->less == term->greater;

	if (!strcmp(term->name, "speed"))
		return speed_of(term->value);
	if (!strcmp(term->name, "module"))
		return is_equality;
	return !strcmp(term->name, "is_init") && is_equality &&
	       (!strcmp(term->value, "true") || !strcmp(term->value, "false"));
}

static bool term_fits(const struct term *term, const struct kunit_suite *suite,
		      const struct kunit_case *test_case)
{
	int speed = test_case->attr.speed ? : suite->attr.speed ? : KUNIT_SPEED_NORMAL; /* F2 */
	int differs;

	if (!strcmp(term->name, "speed"))
		differs = speed - speed_of(term->value);
	else if (!strcmp(term->name, "module"))
		differs = strcmp(suite_module(suite), term->value);
	else
		differs = strcmp(suite->is_init ? "true" : "false", term->value);
	return differs < 0 ? term->less : differs > 0 ? term->greater : term->equal;
}

static bool attributes_take(const struct kunit_suite *suite, const struct kunit_case *test_case)
{
	const char *rest = filter;
	struct term term;

	while (rest && *rest) {
		rest = term_read(rest, &term);
		if (!rest || !term_fits(&term, suite, test_case))
			return false;
	}
	return true;
}

/* -- answers -- */

bool filter_takes(const struct kunit_suite *suite, const struct kunit_case *test_case)
{
	return glob_takes(suite, test_case) &&
	       (filter_action || attributes_take(suite, test_case));
}

bool filter_skips(const struct kunit_suite *suite, const struct kunit_case *test_case)
{
	return filter_action && !attributes_take(suite, test_case);
}

bool filter_takes_suite(const struct kunit_suite *suite)
{
	const struct kunit_case *test_case = suite->test_cases;

	if (!filter_glob && !filter)
		return true;
	while (test_case->run_case && !filter_takes(suite, test_case))
		test_case++;
	return test_case->run_case;	/* F1 */
}

bool filter_lists_only(void)
{
	return action != NULL;
}

int filter_stats(void)
{
	return stats_enabled;
}

/* -- parameters: a text that means nothing is refused -- */

static int set_filter(const char *val, const struct kernel_param *kp)
{
	const char *rest = val;
	struct term term;

	while (*rest) {
		rest = term_read(rest, &term);
		if (!rest || !term_is_known(&term))
			return -EINVAL;
	}
	return param_set_charp(val, kp);
}

static int set_word(const char *val, const struct kernel_param *kp, const char *word)
{
	return strcmp(val, word) ? -EINVAL : param_set_charp(val, kp);
}

static int set_filter_action(const char *val, const struct kernel_param *kp)
{
	return set_word(val, kp, "skip");
}

static int set_action(const char *val, const struct kernel_param *kp)
{
	return set_word(val, kp, "list");
}

static const struct kernel_param_ops filter_ops = { .set = set_filter };
static const struct kernel_param_ops filter_action_ops = { .set = set_filter_action };
static const struct kernel_param_ops action_ops = { .set = set_action };

module_param(filter_glob, charp, 0400);
module_param_cb(filter, &filter_ops, &filter, 0400);
module_param_cb(filter_action, &filter_action_ops, &filter_action, 0400);
module_param_cb(action, &action_ops, &action, 0400);
module_param(stats_enabled, int, 0600);
