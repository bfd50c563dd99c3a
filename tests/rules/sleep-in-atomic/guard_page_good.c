/* SPDX-License-Identifier: MIT */
/* guard(mutex) holds the lock to the end of the function, and its holder may sleep. */
#include <linux/cleanup.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>

static DEFINE_MUTEX(log_lock);
static struct page *log_page;
static unsigned int log_used;

static int log_append(unsigned int bytes)
{
	guard(mutex)(&log_lock);

	if (!log_page) {
		log_page = alloc_page(GFP_KERNEL);
		if (!log_page)
			return -ENOMEM;
	}
	if (log_used + bytes > PAGE_SIZE)
		return -ENOSPC;
	memset(page_address(log_page) + log_used, 'x', bytes);
	log_used += bytes;
	return 0;
}

static int __init log_init(void)
{
	int error = log_append(100);

	return error ? error : log_append(200);
}

static void __exit log_exit(void)
{
	if (log_page)
		__free_page(log_page);
}

module_init(log_init);
module_exit(log_exit);
MODULE_LICENSE("GPL");
