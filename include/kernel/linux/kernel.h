/* SPDX-License-Identifier: MIT */
/* kernel.h - what most kernel code expects to have at hand */
#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H

#include <linux/stdarg.h>
#include <linux/align.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/linkage.h>
#include <linux/stddef.h>
#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/bitops.h>
#include <linux/hex.h>
#include <linux/kstrtox.h>
#include <linux/log2.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/typecheck.h>
#include <linux/build_bug.h>
#include <linux/sprintf.h>
#include <linux/printk.h>
#include <linux/bug.h>
#include <linux/instruction_pointer.h>
#include <linux/might_sleep.h>
#include <linux/util_macros.h>
#include <linux/wordpart.h>
#include <linux/args.h>
#include <linux/errno.h>
#include <asm/byteorder.h>

#define STACK_MAGIC	0xdeadbeef
#define READ		0
#define WRITE		1
#define u64_to_user_ptr(x) ({ typecheck(u64, (x)); (void __user *)(uintptr_t)(x); })

/* A file mode that gives nobody more than the group before, and lets no stranger write. */
#define VERIFY_OCTAL_PERMISSIONS(perms)						\
	(BUILD_BUG_ON_ZERO((perms) < 0) +					\
	 BUILD_BUG_ON_ZERO((perms) > 0777) +					\
	 BUILD_BUG_ON_ZERO((((perms) >> 6) & 4) < (((perms) >> 3) & 4)) +	\
	 BUILD_BUG_ON_ZERO((((perms) >> 3) & 4) < ((perms) & 4)) +		\
	 BUILD_BUG_ON_ZERO((((perms) >> 6) & 2) < (((perms) >> 3) & 2)) +	\
	 BUILD_BUG_ON_ZERO((perms) & 2) +					\
	 (perms))

#endif
