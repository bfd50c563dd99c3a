/* SPDX-License-Identifier: MIT */
/* Without memory for the log the probe goes on, and the log's size then has no value. */
#include <linux/module.h>
#include <linux/slab.h>

struct recorder {
	char *log;
	size_t log_bytes;
	unsigned int lost;
};

static struct recorder *recorder;

static void recorder_open_log(struct recorder *opened)
{
	opened->log = kzalloc(256, GFP_KERNEL);
	if (!opened->log)
		return;
	opened->log_bytes = 256;
}

static void recorder_write(struct recorder *written, size_t bytes)
{
	if (bytes > written->log_bytes) /* finding: uninitialized-read */
		written->lost++;
	else if (written->log)
		memset(written->log, 'x', bytes);
}

static int __init recorder_init(void)
{
	recorder = kmalloc(sizeof(*recorder), GFP_KERNEL);
	if (!recorder)
		return -ENOMEM;
	recorder->lost = 0;
	recorder_open_log(recorder);
	recorder_write(recorder, 40);
	return 0;
}

static void __exit recorder_exit(void)
{
	kfree(recorder->log);
	kfree(recorder);
}

module_init(recorder_init);
module_exit(recorder_exit);
MODULE_LICENSE("GPL");
