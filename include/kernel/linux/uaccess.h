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
#include <linux/sched.h>

/*
 * Between the two nothing sleeps for user memory: copies that would have to come back short.  Here
 * all user memory is there, so they do not.
 */
static inline __km_ends_all void pagefault_disable(void)
{
	current->pagefault_disabled++;
}

static inline void pagefault_enable(void)
{
	current->pagefault_disabled--;
}

static inline bool pagefault_disabled(void)
{
	return current->pagefault_disabled != 0;
}

#define faulthandler_disabled()	(pagefault_disabled() || in_atomic())

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
	KM_SYM(copy_from_user) __km_access(__write_only__, 1, 3) __km_sleeps __must_check;
unsigned long copy_to_user(void __user *to, const void *from, unsigned long bytes)
	KM_SYM(copy_to_user) __km_access(__read_only__, 2, 3) __km_sleeps __must_check;
unsigned long clear_user(void __user *to, unsigned long bytes) KM_SYM(clear_user)
	__km_sleeps __must_check;
/* Length without the closing 0, @room if there is none; -EFAULT. */
long strncpy_from_user(char *to, const char __user *from, long room) KM_SYM(strncpy_from_user)
	__km_sleeps;
/* Length with the closing 0; above @most if there is none; 0 for a fault. */
long strnlen_user(const char __user *text, long most) KM_SYM(strnlen_user) __km_sleeps;

unsigned long km_get_user(void *to, const void __user *from, unsigned long bytes)
	KM_SYM(get_user) __km_sleeps;
unsigned long km_put_user(void __user *to, const void *from, unsigned long bytes)
	KM_SYM(put_user) __km_sleeps;
/* The pointer may be one to const. */
#define get_user(x, ptr) ({							\
	unsigned long long __raw = 0;						\
	unsigned long __left = km_get_user(&__raw, (ptr), sizeof(*(ptr)));	\
	(x) = *(typeof(*(ptr)) *)&__raw;					\
	__left ? -EFAULT : 0; })
#define put_user(x, ptr) ({							\
	typeof(*(ptr)) __value = (x);						\
	km_put_user((ptr), &__value, sizeof(__value)) ? -EFAULT : 0; })
#define __get_user(x, ptr)			get_user(x, ptr)
#define __put_user(x, ptr)			put_user(x, ptr)
#define __copy_from_user(to, from, bytes)	copy_from_user(to, from, bytes)
#define __copy_to_user(to, from, bytes)		copy_to_user(to, from, bytes)
/* For callers that have page faults disabled. */
unsigned long __copy_from_user_inatomic(void *to, const void __user *from, unsigned long bytes)
	KM_SYM(__copy_from_user_inatomic) __must_check;
unsigned long __copy_to_user_inatomic(void __user *to, const void *from, unsigned long bytes)
	KM_SYM(__copy_to_user_inatomic) __must_check;
/* 0 or -EFAULT, any context */
long copy_from_user_nofault(void *to, const void __user *from, size_t bytes)
	KM_SYM(copy_from_user_nofault);
long copy_to_user_nofault(void __user *to, const void *from, size_t bytes)
	KM_SYM(copy_to_user_nofault);
#define __clear_user(to, bytes)			clear_user(to, bytes)

/**
 * copy_struct_from_user() - a structure whose size user space says, older or newer than ours
 * @ksize: ours; what user space did not have of it becomes 0
 * @usize: user space's; what we do not know of it must be 0
 * Return:  0, -E2BIG, -EFAULT.
 */
static __always_inline __must_check int copy_struct_from_user(void *dst, size_t ksize,
							      const void __user *src,
							      size_t usize)
{
	size_t known = ksize < usize ? ksize : usize;

	for (size_t at = known; at < usize; at++) {
		char byte;

		if (get_user(byte, (const char __user *)src + at))
			return -EFAULT;
		if (byte)
			return -E2BIG;
	}
	__builtin_memset((char *)dst + known, 0, ksize - known);
	return copy_from_user(dst, src, known) ? -EFAULT : 0;
}

#include <linux/kstrtox_user.h>

#endif
