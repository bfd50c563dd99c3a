/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ATOMIC_LONG_H
#define _LINUX_ATOMIC_LONG_H
#include <linux/atomic.h>
#endif
