// SPDX-License-Identifier: MIT
/*
 * static_tables.c - commands in a static table with state that is made on first use and kept for
 * good, counted offsets that wrap as they are meant to, hashes, and masks
 */
#include <linux/jhash.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/overflow.h>
#include <linux/slab.h>

struct command {
	const char *name;
	int (*run)(struct command *command, u32 argument);
	u32 *state;
	size_t count;
};

static int sum_run(struct command *command, u32 argument)
{
	command->state[command->count++ % 8] += argument;
	return 0;
}

/* Wraps on purpose. */
static int hash_run(struct command *command, u32 argument)
{
	u32 hash = jhash_1word(argument, 0xdeadbeef) * 2654435761u;

	command->state[hash & 7] ^= hash + 0x9e3779b9u;
	return 0;
}

static int age_run(struct command *command, u32 argument)
{
	unsigned long before = jiffies - 10;

	command->state[argument & 7] = time_after(jiffies, before) ? -1u : 0;
	return 0;
}

static struct command commands[] = {
	{ "sum", sum_run }, { "hash", hash_run }, { "age", age_run },
	{ .name = NULL },
};
static DEFINE_MUTEX(commands_lock);

static int command_do(const char *name, u32 argument)
{
	struct command *command;
	int error = -ENOENT;

	guard(mutex)(&commands_lock);
	for (command = commands; command->name; command++) {
		if (strcmp(command->name, name))
			continue;
		if (!command->state)
			command->state = kzalloc(array_size(8, sizeof(u32)), GFP_KERNEL);
		error = command->state ? command->run(command, argument) : -ENOMEM;
	}
	return error;
}

static int __init tables_init(void)
{
	static const char *const names[] = { "sum", "hash", "age", "none" };
	unsigned int failed = 0;

	for (u32 i = 0; i < 12; i++)
		if (command_do(names[i % 4], i * 0x10000001u))
			failed++;
	pr_info("%u commands failed\n", failed);
	return 0;
}

static void __exit tables_exit(void)
{
	for (struct command *command = commands; command->name; command++)
		kfree(command->state);
}

module_init(tables_init);
module_exit(tables_exit);
MODULE_LICENSE("GPL");
