/* SPDX-License-Identifier: MIT */
/*
 * uaccess.h - to and from user space
 *
 * kmalloc/user.h says what stands for user space.  A caller that hands over an address of the
 * machine's own memory gets a fault, as it would from a kernel.
 * Context: task context, may sleep.
 */
#ifndef __LINUX_UACCESS_H
#define __LINUX_UACCESS_H

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/types.h>

/* Could it be an address of user space?  Says nothing of what is there. */
bool km_access_ok(const void __user *address, unsigned long bytes) KM_SYM(access_ok);
#define access_ok(address, bytes)	km_access_ok(address, bytes)

/**
 * copy_from_user() - bytes of user space into the kernel's memory
 * Return:  how many could not be copied; they are cleared.  0 is success.
 * Differs: a copy to or from a slab object outside of its usercopy region copies nothing, with a
 *          warning, where a kernel with CONFIG_HARDENED_USERCOPY stops with BUG().
 */
unsigned long copy_from_user(void *to, const void __user *from, unsigned long bytes)
	KM_SYM(copy_from_user) __must_check;
unsigned long copy_to_user(void __user *to, const void *from, unsigned long bytes)
	KM_SYM(copy_to_user) __must_check;
unsigned long clear_user(void __user *to, unsigned long bytes) KM_SYM(clear_user) __must_check;
/* Length without the closing 0, @room if there is none; -EFAULT. */
long strncpy_from_user(char *to, const char __user *from, long room) KM_SYM(strncpy_from_user);
/* Length with the closing 0; above @most if there is none; 0 for a fault. */
long strnlen_user(const char __user *text, long most) KM_SYM(strnlen_user);

#define get_user(x, ptr) ({							\
	typeof(*(ptr)) __value;							\
	unsigned long __left = copy_from_user(&__value, (ptr), sizeof(__value));	\
	(x) = __value;								\
	__left ? -EFAULT : 0; })
#define put_user(x, ptr) ({							\
	typeof(*(ptr)) __value = (x);						\
	copy_to_user((ptr), &__value, sizeof(__value)) ? -EFAULT : 0; })
#define __get_user(x, ptr)			get_user(x, ptr)
#define __put_user(x, ptr)			put_user(x, ptr)
#define __copy_from_user(to, from, bytes)	copy_from_user(to, from, bytes)
#define __copy_to_user(to, from, bytes)		copy_to_user(to, from, bytes)
#define __clear_user(to, bytes)			clear_user(to, bytes)

#endif
