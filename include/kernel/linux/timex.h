/* SPDX-License-Identifier: MIT */
/* timex.h - see asm/timex.h */
#ifndef _LINUX_TIMEX_H
#define _LINUX_TIMEX_H

#include <linux/types.h>
#include <linux/param.h>
#include <asm/timex.h>

#endif
