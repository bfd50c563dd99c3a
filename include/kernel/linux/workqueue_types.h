/* SPDX-License-Identifier: MIT */
/* workqueue_types.h - struct work_struct */
#ifndef _LINUX_WORKQUEUE_TYPES_H
#define _LINUX_WORKQUEUE_TYPES_H

#include <linux/types.h>

struct workqueue_struct;
struct work_struct;
typedef void (*work_func_t)(struct work_struct *work);

struct work_struct {
	unsigned long data;		/* WORK_STRUCT_* bits */
	struct list_head entry;
	work_func_t func;
	struct workqueue_struct *wq;	/* last queued on; kern's own */
	u64 turn;			/* order of queueing; kern's own */
	u32 disabled;			/* disable_work() depth */
	bool km_is_known;		/* where it was queued first was told; kern's own */
};

struct rcu_work;

#endif
