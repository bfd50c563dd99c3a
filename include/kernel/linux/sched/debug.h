/* SPDX-License-Identifier: MIT */
/* debug.h - printing tasks */
#ifndef _LINUX_SCHED_DEBUG_H
#define _LINUX_SCHED_DEBUG_H

#include <linux/sched.h>

#define __sched


#endif
