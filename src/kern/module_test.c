// SPDX-License-Identifier: MIT
/* module_test.c - parameters, initcalls, notifier chains, random numbers, static keys */
#include <linux/jump_label.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/random.h>
#include <linux/version.h>
#include <kern/upper_test.h>

#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX	"mod."

MODULE_LICENSE("MIT");
MODULE_DESCRIPTION("parameters to set");

static int number = 3;
module_param(number, int, 0644);
MODULE_PARM_DESC(number, "any number");
static bool flag;
module_param(flag, bool, 0);
static char *text = "before";
module_param(text, charp, 0444);
static unsigned short inner;
module_param_named(outer, inner, ushort, 0);
static int row[4];
static unsigned int row_count;
module_param_array(row, int, &row_count, 0);
static char *words[3];
module_param_array(words, charp, NULL, 0);
static char place[8];
module_param_string(place, place, sizeof(place), 0);
static unsigned long big;
module_param(big, ulong, 0);

static void numbers_are_parsed_and_bounded(void)
{
	CHECK_EQ(km_module_param_set("number", "-42"), 0);
	CHECK_EQ(number, -42);
	CHECK_EQ(km_module_param_set("mod.number", "0x10"), 0);
	CHECK_EQ(number, 16);
	CHECK_EQ(km_module_param_set("number", "4x"), -EINVAL);
	CHECK_EQ(km_module_param_set("number", "99999999999"), -ERANGE);
	CHECK_EQ(number, 16);
	CHECK_EQ(km_module_param_set("big", "18446744073709551615"), 0);
	CHECK_EQ(big, ~0UL);
	CHECK_EQ(km_module_param_set("outer", "70000"), -ERANGE);
	CHECK_EQ(km_module_param_set("outer", "7"), 0);
	CHECK_EQ(inner, 7);
	CHECK_EQ(km_module_param_set("absent", "7"), -ENOENT);
	CHECK_EQ(km_module_param_set("number", NULL), -EINVAL);
}

static void booleans_take_words_and_their_name_alone(void)
{
	CHECK_EQ(km_module_param_set("flag", NULL), 0);
	CHECK(flag);
	CHECK_EQ(km_module_param_set("flag", "n"), 0);
	CHECK(!flag);
	CHECK_EQ(km_module_param_set("flag", "1"), 0);
	CHECK(flag);
	CHECK_EQ(km_module_param_set("flag", "perhaps"), -EINVAL);
}

static void texts_are_kept(void)
{
	char value[] = "after";

	CHECK_EQ(km_module_param_set("text", value), 0);
	value[0] = 'X';
	CHECK_EQ(strcmp(text, "after"), 0);
	CHECK_EQ(km_module_param_set("place", "1234567"), 0);
	CHECK_EQ(strcmp(place, "1234567"), 0);
	CHECK_EQ(km_module_param_set("place", "12345678"), -ENOSPC);
}

static void arrays_are_split_at_commas(void)
{
	CHECK_EQ(km_module_param_set("row", "1,2,3"), 0);
	CHECK_EQ(row_count, 3);
	CHECK_EQ(row[2], 3);
	CHECK_EQ(km_module_param_set("row", "1,2,3,4,5"), -EINVAL);
	CHECK_EQ(km_module_param_set("words", "a,bc"), 0);
	CHECK_EQ(km_module_param_set("row", "9"), 0);
	CHECK_EQ(strcmp(words[0], "a"), 0);
	CHECK_EQ(strcmp(words[1], "bc"), 0);
	CHECK(!words[2]);
}

static unsigned int calls;
static int level_seen[3];

static int first_call(void)
{
	level_seen[calls++] = 1;
	return 0;
}

static int last_call(void)
{
	level_seen[calls++] = 7;
	return -EINVAL;
}

static int device_call(void)
{
	level_seen[calls++] = 6;
	return 0;
}

late_initcall(last_call);
module_init(device_call);
core_initcall(first_call);

static void initcalls_run_in_level_order(void)
{
	calls = 0;
	CHECK_EQ(km_run_initcalls(), 1);
	CHECK_EQ(calls, 3);
	CHECK_EQ(level_seen[0], 1);
	CHECK_EQ(level_seen[1], 6);
	CHECK_EQ(level_seen[2], 7);
}

static unsigned int told[4], told_count;

static int tell_low(struct notifier_block *nb, unsigned long action, void *data)
{
	told[told_count++] = 1;
	return NOTIFY_OK;
}

static int tell_high(struct notifier_block *nb, unsigned long action, void *data)
{
	told[told_count++] = 2;
	return action == 9 ? NOTIFY_STOP : NOTIFY_DONE;
}

static void chains_call_by_priority_until_one_stops(void)
{
	static ATOMIC_NOTIFIER_HEAD(atomic_chain);
	static BLOCKING_NOTIFIER_HEAD(blocking_chain);
	struct notifier_block low = { .notifier_call = tell_low };
	struct notifier_block high = { .notifier_call = tell_high, .priority = 5 };

	CHECK_EQ(atomic_notifier_chain_register(&atomic_chain, &low), 0);
	CHECK_EQ(atomic_notifier_chain_register(&atomic_chain, &high), 0);
	CHECK_EQ(atomic_notifier_chain_register(&atomic_chain, &high), -EEXIST);
	told_count = 0;
	CHECK_EQ(atomic_notifier_call_chain(&atomic_chain, 1, NULL), NOTIFY_OK);
	CHECK_EQ(told_count, 2);
	CHECK_EQ(told[0], 2);
	CHECK_EQ(atomic_notifier_call_chain(&atomic_chain, 9, NULL), NOTIFY_STOP);
	CHECK_EQ(told_count, 3);
	CHECK_EQ(atomic_notifier_chain_unregister(&atomic_chain, &high), 0);
	CHECK_EQ(atomic_notifier_chain_unregister(&atomic_chain, &high), -ENOENT);
	CHECK_EQ(blocking_notifier_chain_register(&blocking_chain, &low), 0);
	CHECK_EQ(blocking_notifier_call_chain(&blocking_chain, 1, NULL), NOTIFY_OK);
	CHECK_EQ(blocking_notifier_chain_unregister(&blocking_chain, &low), 0);
	CHECK_EQ(notifier_to_errno(notifier_from_errno(-EINVAL)), -EINVAL);
}

static void random_numbers_stay_below_and_reach_all(void)
{
	unsigned int seen = 0, nr;
	u8 bytes[13] = { 0 };
	bool any = false;

	for (nr = 0; nr < 500; nr++) {
		u32 value = get_random_u32_below(7);

		CHECK(value < 7);
		seen |= 1u << value;
		value = get_random_u32_inclusive(10, 12);
		CHECK(value >= 10 && value <= 12);
	}
	CHECK_EQ(seen, 0x7f);
	CHECK(get_random_u64() != get_random_u64());
	get_random_bytes(bytes, sizeof(bytes));
	for (nr = 0; nr < sizeof(bytes); nr++)
		any |= bytes[nr] != 0;
	CHECK(any);
}

static DEFINE_STATIC_KEY_FALSE(key);

static void static_keys_count(void)
{
	CHECK(!static_branch_unlikely(&key));
	static_branch_inc(&key);
	static_branch_inc(&key);
	static_branch_dec(&key);
	CHECK(static_branch_unlikely(&key));
	static_branch_disable(&key);
	CHECK(!static_key_enabled(&key));
}

static void the_version_is_6_12(void)
{
	CHECK_EQ(LINUX_VERSION_CODE, 0x060c00);
	CHECK(LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0));
}

KM_TESTS(upper_setup, T(numbers_are_parsed_and_bounded),
	 T(booleans_take_words_and_their_name_alone), T(texts_are_kept),
	 T(arrays_are_split_at_commas), T(initcalls_run_in_level_order),
	 T(chains_call_by_priority_until_one_stops), T(random_numbers_stay_below_and_reach_all),
	 T(static_keys_count), T(the_version_is_6_12));
