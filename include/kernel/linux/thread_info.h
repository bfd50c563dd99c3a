/* SPDX-License-Identifier: MIT */
/* thread_info.h - the size of a kernel stack, as x86-64 has it; the port's own stacks are larger */
#ifndef _LINUX_THREAD_INFO_H
#define _LINUX_THREAD_INFO_H

#include <asm/page.h>
#include <asm/current.h>

#define THREAD_SIZE_ORDER	2
#define THREAD_SIZE		(PAGE_SIZE << THREAD_SIZE_ORDER)
#define THREAD_ALIGN		THREAD_SIZE

#endif
