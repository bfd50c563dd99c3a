/* SPDX-License-Identifier: MIT */
/*
 * kstrtox_user.h - kstrto*_from_user(): numbers in the memory of user space
 *
 * Linux has them in kstrtox.h; here uaccess.h and fs.h bring them.  Longer texts are cut off, which
 * makes no number of them.  0, -EINVAL, -ERANGE or -EFAULT.
 */
#ifndef _LINUX_KSTRTOX_USER_H
#define _LINUX_KSTRTOX_USER_H

#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/uaccess.h>

/* A sign, 64 binary digits, a newline and the end. */
#define KM_NUMBER_ROOM	67

#define KM_KSTRTO_FROM_USER(name, type)						\
static inline __km_sleeps int __must_check					\
name##_from_user(const char __user *s, size_t count, unsigned int base, type *res)	\
{										\
	char text[KM_NUMBER_ROOM];						\
										\
	if (count > sizeof(text) - 1)						\
		count = sizeof(text) - 1;					\
	if (copy_from_user(text, s, count))					\
		return -EFAULT;							\
	text[count] = '\0';							\
	return name(text, base, res);						\
}

KM_KSTRTO_FROM_USER(kstrtoull, unsigned long long)
KM_KSTRTO_FROM_USER(kstrtoll, long long)
KM_KSTRTO_FROM_USER(kstrtoul, unsigned long)
KM_KSTRTO_FROM_USER(kstrtol, long)
KM_KSTRTO_FROM_USER(kstrtouint, unsigned int)
KM_KSTRTO_FROM_USER(kstrtoint, int)
KM_KSTRTO_FROM_USER(kstrtou16, u16)
KM_KSTRTO_FROM_USER(kstrtos16, s16)
KM_KSTRTO_FROM_USER(kstrtou8, u8)
KM_KSTRTO_FROM_USER(kstrtos8, s8)

#define kstrtou64_from_user	kstrtoull_from_user
#define kstrtos64_from_user	kstrtoll_from_user
#define kstrtou32_from_user	kstrtouint_from_user
#define kstrtos32_from_user	kstrtoint_from_user

static inline __km_sleeps int __must_check
kstrtobool_from_user(const char __user *s, size_t count, bool *res)
{
	char text[4];

	if (count > sizeof(text) - 1)
		count = sizeof(text) - 1;
	if (copy_from_user(text, s, count))
		return -EFAULT;
	text[count] = '\0';
	return kstrtobool(text, res);
}

#undef KM_KSTRTO_FROM_USER

#endif
