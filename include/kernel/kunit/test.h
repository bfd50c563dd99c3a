/* SPDX-License-Identifier: MIT */
/*
 * test.h - KUnit: suites of cases, and what a case may expect
 *
 * The interface of Linux 6.12's <kunit/test.h>; the core is src/kunit. A file with a suite is run
 * by `kmalloc check FILE`; a program of its own calls km_kunit_run() (kmalloc/kunit.h).
 */
#ifndef _KUNIT_TEST_H
#define _KUNIT_TEST_H

#include <kunit/assert.h>
#include <kunit/attributes.h>
#include <kunit/resource.h>
#include <kunit/test-bug.h>
#include <kunit/try-catch.h>
#include <linux/args.h>
#include <linux/array_size.h>
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/jump_label.h>
#include <linux/kconfig.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/types.h>

#define KUNIT_STATUS_COMMENT_SIZE	256
#define KUNIT_PARAM_DESC_SIZE		128
#define KUNIT_INDENT_LEN		4
#define KUNIT_SUBTEST_INDENT		"    "
#define KUNIT_SUBSUBTEST_INDENT		"        "

enum kunit_status {
	KUNIT_SUCCESS,
	KUNIT_FAILURE,
	KUNIT_SKIPPED,
};

struct string_stream;

/* A case that runs. */
struct kunit {
	void *priv;				/* the test's own */
	/* the core's */
	const char *name;
	struct string_stream *log;	/* always NULL: there is no debugfs to read it from */
	struct kunit_try_catch try_catch;
	const void *param_value;		/* NULL: the case has no parameters */
	int param_index;
	spinlock_t lock;			/* resources */
	enum kunit_status status;
	struct list_head resources;
	char status_comment[KUNIT_STATUS_COMMENT_SIZE];
};

struct kunit_case {
	void (*run_case)(struct kunit *test);	/* NULL: the end of the array */
	const char *name;
	/* the next one after @prev, NULL first; NULL: no more. @desc: its name, or left empty */
	const void *(*generate_params)(const void *prev, char *desc);
	struct kunit_attributes attr;
	/* the core's */
	enum kunit_status status;
	char *module_name;
	struct string_stream *log;
};

/*
 * suite_init, then for each case init, the case, exit, and at last suite_exit. A case whose init
 * fails is not run; its exit is.
 */
struct kunit_suite {
	const char name[256];
	int (*suite_init)(struct kunit_suite *suite);
	void (*suite_exit)(struct kunit_suite *suite);
	int (*init)(struct kunit *test);
	void (*exit)(struct kunit *test);
	struct kunit_case *test_cases;
	struct kunit_attributes attr;
	/* the core's */
	char status_comment[KUNIT_STATUS_COMMENT_SIZE];
	struct dentry *debugfs;
	struct string_stream *log;
	int suite_init_err;
	bool is_init;
};

/* -- cases and suites -- */

#define KUNIT_CASE(test_name)									\
	{ .run_case = test_name, .name = #test_name, .module_name = KBUILD_MODNAME }
#define KUNIT_CASE_ATTR(test_name, attributes)							\
	{ .run_case = test_name, .name = #test_name, .attr = attributes,			\
	  .module_name = KBUILD_MODNAME }
#define KUNIT_CASE_SLOW(test_name)								\
	{ .run_case = test_name, .name = #test_name, .attr.speed = KUNIT_SPEED_SLOW,		\
	  .module_name = KBUILD_MODNAME }
#define KUNIT_CASE_PARAM(test_name, gen_params)							\
	{ .run_case = test_name, .name = #test_name, .generate_params = gen_params,		\
	  .module_name = KBUILD_MODNAME }
#define KUNIT_CASE_PARAM_ATTR(test_name, gen_params, attributes)				\
	{ .run_case = test_name, .name = #test_name, .generate_params = gen_params,		\
	  .attr = attributes, .module_name = KBUILD_MODNAME }

/* Defines name_gen_params() for KUNIT_CASE_PARAM(). */
#define KM_KUNIT_PARAMS(name, array, describe)							\
	static const void *name##_gen_params(const void *prev, char *desc)			\
	{											\
		__typeof__(&(array)[0]) km_item = prev;						\
												\
		km_item = km_item ? km_item + 1 : (array);					\
		if (km_item >= (array) + ARRAY_SIZE(array))					\
			return NULL;								\
		describe;									\
		return km_item;									\
	}
#define KUNIT_ARRAY_PARAM(name, array, get_desc)						\
	KM_KUNIT_PARAMS(name, array, ({								\
		void (*km_describe)(__typeof__(km_item), char *) = get_desc;			\
												\
		if (km_describe)								\
			km_describe(km_item, desc);						\
	}))
#define KUNIT_ARRAY_PARAM_DESC(name, array, desc_member)					\
	KM_KUNIT_PARAMS(name, array,								\
			strscpy(desc, km_item->desc_member, KUNIT_PARAM_DESC_SIZE))

/* The linker puts the suites of all files side by side (src/kunit/run.c). */
#define KM_KUNIT_SUITES_AT(section, n, ...)	KM_KUNIT_SUITES_AT2(section, n, __VA_ARGS__)
#define KM_KUNIT_SUITES_AT2(section, n, ...)							\
	static struct kunit_suite *km_kunit_suites_##n[] __used __section(section)		\
		__aligned(sizeof(void *)) = { __VA_ARGS__ }
#define kunit_test_suites(...)									\
	KM_KUNIT_SUITES_AT("kunit_test_suites", __COUNTER__, __VA_ARGS__)
#define kunit_test_suite(suite)		kunit_test_suites(&suite)
/* They run first; their code may be __init. */
#define kunit_test_init_section_suites(...)							\
	KM_KUNIT_SUITES_AT("kunit_init_test_suites", __COUNTER__, __VA_ARGS__)
#define kunit_test_init_section_suite(suite)	kunit_test_init_section_suites(&suite)

#define kunit_suite_for_each_test_case(suite, test_case)					\
	for (test_case = (suite)->test_cases; test_case->run_case; test_case++)
size_t kunit_suite_num_test_cases(struct kunit_suite *suite) KM_SYM(kunit_suite_num_test_cases);
enum kunit_status kunit_suite_has_succeeded(struct kunit_suite *suite)
	KM_SYM(kunit_suite_has_succeeded);

/* -- a test of one's own: what the core does before and after a case -- */

void kunit_init_test(struct kunit *test, const char *name, struct string_stream *log)
	KM_SYM(kunit_init_test);
void kunit_cleanup(struct kunit *test) KM_SYM(kunit_cleanup);

/* -- its result -- */

void __printf(2, 3) km_kunit_mark_skipped(struct kunit *test, const char *fmt, ...)
	KM_SYM(kunit_mark_skipped);
#define kunit_mark_skipped(test, fmt, ...)	km_kunit_mark_skipped(test, fmt, ##__VA_ARGS__)
/* And leave the case. */
#define kunit_skip(test, fmt, ...)								\
	do {											\
		km_kunit_mark_skipped(test, fmt, ##__VA_ARGS__);				\
		KM_KUNIT_LEAVE(test);								\
	} while (0)

static inline void kunit_set_failure(struct kunit *test)
{
	WRITE_ONCE(test->status, KUNIT_FAILURE);
}

/* -- its log -- */

#define kunit_log(lvl, test_or_suite, fmt, ...)							\
	do {											\
		(void)(test_or_suite);								\
		printk(lvl fmt, ##__VA_ARGS__);							\
	} while (0)
#define kunit_printk(lvl, test, fmt, ...)							\
	kunit_log(lvl, test, KUNIT_SUBTEST_INDENT "# %s: " fmt, (test)->name, ##__VA_ARGS__)
#define kunit_info(test, fmt, ...)	kunit_printk(KERN_INFO, test, fmt, ##__VA_ARGS__)
#define kunit_warn(test, fmt, ...)	kunit_printk(KERN_WARNING, test, fmt, ##__VA_ARGS__)
#define kunit_err(test, fmt, ...)	kunit_printk(KERN_ERR, test, fmt, ##__VA_ARGS__)

/* -- memory that is freed when the test ends -- */

void *kunit_kmalloc_array(struct kunit *test, size_t n, size_t size, gfp_t gfp)
	KM_SYM(kunit_kmalloc_array);
void *kunit_kmalloc(struct kunit *test, size_t size, gfp_t gfp) KM_SYM(kunit_kmalloc);
void *kunit_kzalloc(struct kunit *test, size_t size, gfp_t gfp) KM_SYM(kunit_kzalloc);
void *kunit_kcalloc(struct kunit *test, size_t n, size_t size, gfp_t gfp) KM_SYM(kunit_kcalloc);
/* Of one of these, or NULL; another pointer lets the test fail. */
void kunit_kfree(struct kunit *test, const void *ptr) KM_SYM(kunit_kfree);
char *kunit_kstrdup(struct kunit *test, const char *str, gfp_t gfp) KM_SYM(kunit_kstrdup);
/* A text in the program itself is not copied; freed by kunit_kfree_const() alone. */
const char *kunit_kstrdup_const(struct kunit *test, const char *str, gfp_t gfp)
	KM_SYM(kunit_kstrdup_const);
void kunit_kfree_const(struct kunit *test, const void *x) KM_SYM(kunit_kfree_const);

/* -- checks: each argument is evaluated once -- */

#if defined(KMALLOC_CHECK) && !defined(__clang_analyzer__) && !defined(KM_ANALYZED)
#define KM_KUNIT_LEAVE(test)	km_kunit_leave(test)
#else
#define KM_KUNIT_LEAVE(test)	km_kunit_abort(test)
#endif
#define KM_KUNIT_CHECK(assert_type, left_text, op_text, right_text, tell)			\
	do {											\
		static const struct km_kunit_check km_check = {					\
			.file = __FILE__, .line = __LINE__, .type = assert_type,		\
			.left = left_text, .operation = op_text, .right = right_text,		\
		};										\
												\
		tell;										\
		if ((assert_type) == KUNIT_ASSERTION)						\
			KM_KUNIT_LEAVE(km_test);						\
	} while (0)

#define KM_KUNIT_TRUTH(test, type, condition, expected, fmt, ...)				\
	do {											\
		struct kunit *km_test = (test);							\
		const bool km_holds = (condition);						\
												\
		if (unlikely(km_holds != (expected)))						\
			KM_KUNIT_CHECK(type, #condition, "", "",				\
				km_kunit_fail_truth(km_test, &km_check, expected, fmt,		\
						    ##__VA_ARGS__));				\
	} while (0)

#define KM_KUNIT_NUMBER(test, type, left, op, right, fmt, ...)					\
	do {											\
		struct kunit *km_test = (test);							\
		const __typeof__(left) km_left = (left);					\
		const __typeof__(right) km_right = (right);					\
												\
		if (unlikely(!(km_left op km_right)))						\
			KM_KUNIT_CHECK(type, #left, #op, #right,				\
				km_kunit_fail_number(km_test, &km_check, (long long)km_left,	\
						     (long long)km_right, fmt, ##__VA_ARGS__));	\
	} while (0)

/* NULL is told as what it stands for, as in the kernel. */
#define KM_KUNIT_POINTER(test, type, left, op, right, fmt, ...)					\
	KM_KUNIT_POINTER_AS(test, type, left, op, right, fmt, ##__VA_ARGS__)
#define KM_KUNIT_POINTER_AS(test, type, left, op, right, fmt, ...)				\
	do {											\
		struct kunit *km_test = (test);							\
		__auto_type km_left = (left);							\
		__auto_type km_right = (right);							\
												\
		if (unlikely(!(km_left op km_right)))						\
			KM_KUNIT_CHECK(type, #left, #op, #right,				\
				km_kunit_fail_pointer(km_test, &km_check,			\
						      (const void *)km_left,			\
						      (const void *)km_right, fmt,		\
						      ##__VA_ARGS__));				\
	} while (0)

#define KM_KUNIT_STRING(test, type, left, op, right, fmt, ...)					\
	do {											\
		struct kunit *km_test = (test);							\
		const char *km_left = (left);							\
		const char *km_right = (right);							\
												\
		if (unlikely(!km_left || !km_right || !(strcmp(km_left, km_right) op 0)))	\
			KM_KUNIT_CHECK(type, #left, #op, #right,				\
				km_kunit_fail_string(km_test, &km_check, km_left, km_right, fmt,\
						     ##__VA_ARGS__));				\
	} while (0)

#define KM_KUNIT_MEMORY(test, type, left, op, right, size, fmt, ...)				\
	do {											\
		struct kunit *km_test = (test);							\
		const struct km_kunit_bytes km_bytes = { (left), (right), (size) };		\
												\
		if (unlikely(!km_bytes.one || !km_bytes.other ||				\
			     !(memcmp(km_bytes.one, km_bytes.other, km_bytes.bytes) op 0)))	\
			KM_KUNIT_CHECK(type, #left, #op, #right,				\
				km_kunit_fail_memory(km_test, &km_check, &km_bytes, fmt,	\
						     ##__VA_ARGS__));				\
	} while (0)

#define KM_KUNIT_NO_ERROR(test, type, pointer, fmt, ...)					\
	do {											\
		struct kunit *km_test = (test);							\
		const void *km_left = (pointer);						\
												\
		if (unlikely(IS_ERR_OR_NULL(km_left)))						\
			KM_KUNIT_CHECK(type, #pointer, "", "",					\
				km_kunit_fail_no_pointer(km_test, &km_check, km_left, fmt,	\
							 ##__VA_ARGS__));			\
	} while (0)

#define KM_KUNIT_FAILED(test, type, fmt, ...)							\
	do {											\
		struct kunit *km_test = (test);							\
												\
		KM_KUNIT_CHECK(type, "", "", "",						\
			km_kunit_fail(km_test, &km_check, fmt, ##__VA_ARGS__));			\
	} while (0)

#define KUNIT_SUCCEED(test)			((void)(test))
#define KUNIT_FAIL(test, fmt, ...)								\
	KM_KUNIT_FAILED(test, KUNIT_EXPECTATION, fmt, ##__VA_ARGS__)
#define KUNIT_FAIL_AND_ABORT(test, fmt, ...)							\
	do {											\
		KM_KUNIT_FAILED(test, KUNIT_ASSERTION, fmt, ##__VA_ARGS__);			\
		km_kunit_abort(test);								\
	} while (0)

/* the case goes on */

#define KUNIT_EXPECT_TRUE(test, condition)	KUNIT_EXPECT_TRUE_MSG(test, condition, NULL)
#define KUNIT_EXPECT_TRUE_MSG(test, condition, fmt, ...)					\
	KM_KUNIT_TRUTH(test, KUNIT_EXPECTATION, condition, true, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_FALSE(test, condition)	KUNIT_EXPECT_FALSE_MSG(test, condition, NULL)
#define KUNIT_EXPECT_FALSE_MSG(test, condition, fmt, ...)					\
	KM_KUNIT_TRUTH(test, KUNIT_EXPECTATION, condition, false, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_EQ(test, left, right)	KUNIT_EXPECT_EQ_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_EQ_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_NUMBER(test, KUNIT_EXPECTATION, left, ==, right, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_NE(test, left, right)	KUNIT_EXPECT_NE_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_NE_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_NUMBER(test, KUNIT_EXPECTATION, left, !=, right, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_LT(test, left, right)	KUNIT_EXPECT_LT_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_LT_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_NUMBER(test, KUNIT_EXPECTATION, left, <, right, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_LE(test, left, right)	KUNIT_EXPECT_LE_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_LE_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_NUMBER(test, KUNIT_EXPECTATION, left, <=, right, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_GT(test, left, right)	KUNIT_EXPECT_GT_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_GT_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_NUMBER(test, KUNIT_EXPECTATION, left, >, right, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_GE(test, left, right)	KUNIT_EXPECT_GE_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_GE_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_NUMBER(test, KUNIT_EXPECTATION, left, >=, right, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_PTR_EQ(test, left, right)	KUNIT_EXPECT_PTR_EQ_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_PTR_EQ_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_POINTER(test, KUNIT_EXPECTATION, left, ==, right, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_PTR_NE(test, left, right)	KUNIT_EXPECT_PTR_NE_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_PTR_NE_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_POINTER(test, KUNIT_EXPECTATION, left, !=, right, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_NULL(test, ptr)	KUNIT_EXPECT_NULL_MSG(test, ptr, NULL)
#define KUNIT_EXPECT_NULL_MSG(test, ptr, fmt, ...)						\
	KM_KUNIT_POINTER(test, KUNIT_EXPECTATION, ptr, ==, NULL, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_NOT_NULL(test, ptr)	KUNIT_EXPECT_NOT_NULL_MSG(test, ptr, NULL)
#define KUNIT_EXPECT_NOT_NULL_MSG(test, ptr, fmt, ...)						\
	KM_KUNIT_POINTER(test, KUNIT_EXPECTATION, ptr, !=, NULL, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_NOT_ERR_OR_NULL(test, ptr)	KUNIT_EXPECT_NOT_ERR_OR_NULL_MSG(test, ptr, NULL)
#define KUNIT_EXPECT_NOT_ERR_OR_NULL_MSG(test, ptr, fmt, ...)					\
	KM_KUNIT_NO_ERROR(test, KUNIT_EXPECTATION, ptr, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_STREQ(test, left, right)	KUNIT_EXPECT_STREQ_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_STREQ_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_STRING(test, KUNIT_EXPECTATION, left, ==, right, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_STRNEQ(test, left, right)	KUNIT_EXPECT_STRNEQ_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_STRNEQ_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_STRING(test, KUNIT_EXPECTATION, left, !=, right, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_MEMEQ(test, left, right, size)						\
	KUNIT_EXPECT_MEMEQ_MSG(test, left, right, size, NULL)
#define KUNIT_EXPECT_MEMEQ_MSG(test, left, right, size, fmt, ...)				\
	KM_KUNIT_MEMORY(test, KUNIT_EXPECTATION, left, ==, right, size, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_MEMNEQ(test, left, right, size)						\
	KUNIT_EXPECT_MEMNEQ_MSG(test, left, right, size, NULL)
#define KUNIT_EXPECT_MEMNEQ_MSG(test, left, right, size, fmt, ...)				\
	KM_KUNIT_MEMORY(test, KUNIT_EXPECTATION, left, !=, right, size, fmt, ##__VA_ARGS__)

/* the case ends where it fails */

#define KUNIT_ASSERT_TRUE(test, condition)	KUNIT_ASSERT_TRUE_MSG(test, condition, NULL)
#define KUNIT_ASSERT_TRUE_MSG(test, condition, fmt, ...)					\
	KM_KUNIT_TRUTH(test, KUNIT_ASSERTION, condition, true, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_FALSE(test, condition)	KUNIT_ASSERT_FALSE_MSG(test, condition, NULL)
#define KUNIT_ASSERT_FALSE_MSG(test, condition, fmt, ...)					\
	KM_KUNIT_TRUTH(test, KUNIT_ASSERTION, condition, false, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_EQ(test, left, right)	KUNIT_ASSERT_EQ_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_EQ_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_NUMBER(test, KUNIT_ASSERTION, left, ==, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_NE(test, left, right)	KUNIT_ASSERT_NE_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_NE_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_NUMBER(test, KUNIT_ASSERTION, left, !=, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_LT(test, left, right)	KUNIT_ASSERT_LT_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_LT_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_NUMBER(test, KUNIT_ASSERTION, left, <, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_LE(test, left, right)	KUNIT_ASSERT_LE_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_LE_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_NUMBER(test, KUNIT_ASSERTION, left, <=, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_GT(test, left, right)	KUNIT_ASSERT_GT_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_GT_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_NUMBER(test, KUNIT_ASSERTION, left, >, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_GE(test, left, right)	KUNIT_ASSERT_GE_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_GE_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_NUMBER(test, KUNIT_ASSERTION, left, >=, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_PTR_EQ(test, left, right)	KUNIT_ASSERT_PTR_EQ_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_PTR_EQ_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_POINTER(test, KUNIT_ASSERTION, left, ==, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_PTR_NE(test, left, right)	KUNIT_ASSERT_PTR_NE_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_PTR_NE_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_POINTER(test, KUNIT_ASSERTION, left, !=, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_NULL(test, ptr)	KUNIT_ASSERT_NULL_MSG(test, ptr, NULL)
#define KUNIT_ASSERT_NULL_MSG(test, ptr, fmt, ...)						\
	KM_KUNIT_POINTER(test, KUNIT_ASSERTION, ptr, ==, NULL, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_NOT_NULL(test, ptr)	KUNIT_ASSERT_NOT_NULL_MSG(test, ptr, NULL)
#define KUNIT_ASSERT_NOT_NULL_MSG(test, ptr, fmt, ...)						\
	KM_KUNIT_POINTER(test, KUNIT_ASSERTION, ptr, !=, NULL, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_NOT_ERR_OR_NULL(test, ptr)	KUNIT_ASSERT_NOT_ERR_OR_NULL_MSG(test, ptr, NULL)
#define KUNIT_ASSERT_NOT_ERR_OR_NULL_MSG(test, ptr, fmt, ...)					\
	KM_KUNIT_NO_ERROR(test, KUNIT_ASSERTION, ptr, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_STREQ(test, left, right)	KUNIT_ASSERT_STREQ_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_STREQ_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_STRING(test, KUNIT_ASSERTION, left, ==, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_STRNEQ(test, left, right)	KUNIT_ASSERT_STRNEQ_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_STRNEQ_MSG(test, left, right, fmt, ...)					\
	KM_KUNIT_STRING(test, KUNIT_ASSERTION, left, !=, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_MEMEQ(test, left, right, size)						\
	KUNIT_ASSERT_MEMEQ_MSG(test, left, right, size, NULL)
#define KUNIT_ASSERT_MEMEQ_MSG(test, left, right, size, fmt, ...)				\
	KM_KUNIT_MEMORY(test, KUNIT_ASSERTION, left, ==, right, size, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_MEMNEQ(test, left, right, size)						\
	KUNIT_ASSERT_MEMNEQ_MSG(test, left, right, size, NULL)
#define KUNIT_ASSERT_MEMNEQ_MSG(test, left, right, size, fmt, ...)				\
	KM_KUNIT_MEMORY(test, KUNIT_ASSERTION, left, !=, right, size, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_FAILURE(test, fmt, ...)							\
	KUNIT_FAIL_AND_ABORT(test, fmt, ##__VA_ARGS__)

#endif
