/* SPDX-License-Identifier: MIT */
#ifndef __LINUX_SEQLOCK_TYPES_H
#define __LINUX_SEQLOCK_TYPES_H
#include <linux/seqlock.h>
#endif
