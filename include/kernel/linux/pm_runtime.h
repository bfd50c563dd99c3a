/* SPDX-License-Identifier: MIT */
/* pm_runtime.h - power of a device while it idles: always on, as in a kernel without CONFIG_PM */
#ifndef _LINUX_PM_RUNTIME_H
#define _LINUX_PM_RUNTIME_H

#include <linux/device.h>
#include <linux/errno.h>
#include <linux/pm.h>

static inline int pm_runtime_get(struct device *dev) { return 1; }
static inline int pm_runtime_get_sync(struct device *dev) { return 1; }
static inline int pm_runtime_resume_and_get(struct device *dev) { return 0; }
static inline int pm_runtime_resume(struct device *dev) { return 1; }
static inline int pm_runtime_get_if_in_use(struct device *dev) { return -EINVAL; }
static inline int pm_runtime_get_if_active(struct device *dev) { return -EINVAL; }
static inline int pm_runtime_put(struct device *dev) { return -ENOSYS; }
static inline int pm_runtime_put_sync(struct device *dev) { return -ENOSYS; }
static inline int pm_runtime_put_autosuspend(struct device *dev) { return -ENOSYS; }
static inline int pm_runtime_put_sync_suspend(struct device *dev) { return -ENOSYS; }
static inline int pm_runtime_put_sync_autosuspend(struct device *dev) { return -ENOSYS; }
static inline int pm_runtime_idle(struct device *dev) { return -ENOSYS; }
static inline int pm_runtime_suspend(struct device *dev) { return -ENOSYS; }
static inline int pm_runtime_set_active(struct device *dev) { return 0; }
static inline int pm_runtime_force_suspend(struct device *dev) { return 0; }
static inline int pm_runtime_force_resume(struct device *dev) { return 0; }
static inline int pm_runtime_barrier(struct device *dev) { return 0; }
static inline int devm_pm_runtime_enable(struct device *dev) { return 0; }
static inline void pm_runtime_set_suspended(struct device *dev) { }
static inline void pm_runtime_enable(struct device *dev) { }
static inline void pm_runtime_disable(struct device *dev) { }
static inline void pm_runtime_get_noresume(struct device *dev) { }
static inline void pm_runtime_put_noidle(struct device *dev) { }
static inline void pm_runtime_allow(struct device *dev) { }
static inline void pm_runtime_forbid(struct device *dev) { }
static inline void pm_runtime_mark_last_busy(struct device *dev) { }
static inline void pm_runtime_use_autosuspend(struct device *dev) { }
static inline void pm_runtime_dont_use_autosuspend(struct device *dev) { }
static inline void pm_runtime_set_autosuspend_delay(struct device *dev, int delay) { }
static inline bool pm_runtime_suspended(struct device *dev) { return false; }
static inline bool pm_runtime_active(struct device *dev) { return true; }
static inline bool pm_runtime_enabled(struct device *dev) { return false; }

#endif
