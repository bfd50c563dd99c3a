/* SPDX-License-Identifier: MIT */
#ifndef __ASM_ATOMIC_H
#define __ASM_ATOMIC_H
#include <linux/atomic.h>
#endif
