/* SPDX-License-Identifier: MIT */
/* seq_file_test.c - printed files: parts, positions, records larger than the buffer, skipping */
#define KMALLOC_CHECKED 1
#include <kmalloc/machine.h>
#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include "fs/fs_room.h"
#include "test.h"

static unsigned int count, starts, stops;
static size_t wide;
static char user[9000];

static void *t_start(struct seq_file *m, loff_t *pos)
{
	starts++;
	return *pos < count ? (void *)(uintptr_t)(*pos + 1) : NULL;
}

static void *t_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return *pos < count ? (void *)(uintptr_t)(*pos + 1) : NULL;
}

static void t_stop(struct seq_file *m, void *v)
{
	stops++;
}

static int t_show(struct seq_file *m, void *v)
{
	unsigned long number = (unsigned long)v;

	if (number == 3)
		return SEQ_SKIP;
	seq_printf(m, "%lu", number);
	for (size_t i = 0; i < wide; i++)
		seq_putc(m, '.');
	seq_putc(m, '\n');
	return 0;
}

static const struct seq_operations t_ops = {
	.start = t_start, .next = t_next, .stop = t_stop, .show = t_show,
};

static void all_of_it_is_read_in_parts(void)
{
	struct proc_dir_entry *entry;
	struct file *file;
	size_t bytes = 0;
	ssize_t part;

	count = 5;
	entry = proc_create_seq("five", 0444, NULL, &t_ops);
	REQUIRE(entry);
	CHECK(!proc_create_seq("five", 0444, NULL, &t_ops));
	file = file_open("/proc/five", O_RDONLY);
	REQUIRE(!IS_ERR(file));
	while ((part = file_read(file, user + bytes, 3)) > 0)
		bytes += part;
	user[bytes] = 0;
	CHECK(!strcmp(user, "1\n2\n4\n5\n"));
	CHECK_EQ(starts, stops);
	CHECK_EQ(file_lseek(file, 2, SEEK_SET), 2);
	CHECK_EQ(file_read(file, user, 4), 4);
	CHECK(!strncmp(user, "2\n4\n", 4));
	CHECK_EQ(file_lseek(file, 0, SEEK_SET), 0);
	CHECK_EQ(file_read(file, user, 100), 8);
	CHECK_EQ(file_read(file, user, 100), 0);
	file_close(file);
	proc_remove(entry);
}

static void a_record_larger_than_the_buffer_is_whole(void)
{
	struct proc_dir_entry *entry;
	struct file *file;
	size_t bytes = 0;
	ssize_t part;

	count = 1;
	wide = 8000;
	entry = proc_create_seq("wide", 0444, NULL, &t_ops);
	REQUIRE(entry);
	file = file_open("/proc/wide", O_RDONLY);
	REQUIRE(!IS_ERR(file));
	while ((part = file_read(file, user + bytes, sizeof(user) - bytes)) > 0)
		bytes += part;
	CHECK_EQ(bytes, 8002);
	CHECK(user[0] == '1' && user[8001] == '\n');
	CHECK_EQ(starts, stops);
	file_close(file);
	remove_proc_entry("wide", NULL);
	wide = 0;
}

static void numbers_are_read_and_set(void)
{
	struct dentry *directory = debugfs_create_dir("t", NULL), *again;
	struct file *file;
	u32 number = 7;
	bool flag = false;

	REQUIRE(!IS_ERR(directory));
	again = debugfs_create_dir("t", NULL);
	CHECK_EQ(PTR_ERR(again), -EEXIST);
	debugfs_create_u32("below", 0444, again, &number);
	debugfs_create_u32("number", 0644, directory, &number);
	debugfs_create_bool("flag", 0600, directory, &flag);
	file = file_open("/sys/kernel/debug/t/number", O_RDWR);
	REQUIRE(!IS_ERR(file));
	CHECK_EQ(file_read(file, user, 10), 2);
	CHECK(!strncmp(user, "7\n", 2));
	CHECK_EQ(file_write(file, "0x10\n", 5), 5);
	CHECK_EQ(number, 16);
	CHECK_EQ(file_write(file, "ten\n", 4), -EINVAL);
	file_close(file);
	file = file_open("/sys/kernel/debug/t/flag", O_WRONLY);
	REQUIRE(!IS_ERR(file));
	CHECK_EQ(file_write(file, "Y\n", 2), 2);
	CHECK(flag);
	file_close(file);
	debugfs_remove(directory);
	CHECK_EQ(PTR_ERR(file_open("/sys/kernel/debug/t/flag", O_WRONLY)), -ENOENT);
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(setup, T(all_of_it_is_read_in_parts), T(a_record_larger_than_the_buffer_is_whole),
	 T(numbers_are_read_and_set));
