/* SPDX-License-Identifier: MIT */
/* devm-helpers.h - work that is cancelled when its driver is unbound */
#ifndef __LINUX_DEVM_HELPERS_H
#define __LINUX_DEVM_HELPERS_H

#include <linux/device.h>
#include <linux/workqueue.h>

static inline void km_work_drop(void *work)
{
	cancel_work_sync(work);
}

static inline void km_delayed_work_drop(void *work)
{
	cancel_delayed_work_sync(work);
}

static inline int devm_work_autocancel(struct device *dev, struct work_struct *w,
				       work_func_t worker)
{
	INIT_WORK(w, worker);
	return devm_add_action(dev, km_work_drop, w);
}

static inline int devm_delayed_work_autocancel(struct device *dev, struct delayed_work *w,
					       work_func_t worker)
{
	INIT_DELAYED_WORK(w, worker);
	return devm_add_action(dev, km_delayed_work_drop, w);
}

#endif
