/* SPDX-License-Identifier: MIT */
/* The answer to an ioctl has a hole behind its first member, and stack bytes go out with it. */
#include <linux/module.h>
#include <linux/types.h>
#include <linux/uaccess.h>

struct status_reply {
	__u8 state;
	__u32 packets;
	__u64 bytes;
};

/* Stands for the buffer of a program. */
static struct status_reply answer;
static __u32 packets;

static long status_ioctl(void __user *argument)
{
	struct status_reply reply;

	reply.state = 1;
	reply.packets = packets;
	reply.bytes = 64ull * packets;
	if (copy_to_user(argument, &reply, sizeof(reply))) /* finding: uninitialized-read */
		return -EFAULT;
	return 0;
}

static int __init status_init(void)
{
	packets = 3;
	return status_ioctl((void __user *)&answer);
}

static void __exit status_exit(void)
{
}

module_init(status_init);
module_exit(status_exit);
MODULE_LICENSE("GPL");
