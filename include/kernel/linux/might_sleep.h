/* SPDX-License-Identifier: MIT */
/*
 * might_sleep.h - might_sleep() and its family; Linux has them in linux/kernel.h, which includes
 * this
 */
#ifndef _LINUX_MIGHT_SLEEP_H
#define _LINUX_MIGHT_SLEEP_H

#include <linux/preempt.h>

void __might_sleep(const char *file, int line) KM_SYM(__might_sleep);
/* As might_sleep(), said by the API function @what. */
void km_might_sleep(const char *what) KM_SYM(might_sleep) __km_sleeps;
void __cant_sleep(const char *file, int line, int preempt_offset) KM_SYM(__cant_sleep);
void __non_block_start(void) KM_SYM(__non_block_start);
void __non_block_end(void) KM_SYM(__non_block_end);
int __cond_resched(void) KM_SYM(__cond_resched) __km_sleeps;

#define might_sleep()		(km_says_sleep(), __might_sleep(__FILE__, __LINE__))
#define might_sleep_if(cond)	do { if (cond) __might_sleep(__FILE__, __LINE__); } while (0)
#define might_resched()		do { } while (0)
#define cant_sleep()		__cant_sleep(__FILE__, __LINE__, 0)
#define cant_migrate()		do { } while (0)
#define sched_annotate_sleep()	do { } while (0)
#define non_block_start()	__non_block_start()
#define non_block_end()		__non_block_end()
#define might_fault()		km_might_sleep("might_fault")

#endif
