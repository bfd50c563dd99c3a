/* SPDX-License-Identifier: MIT */
/* The last index is one too far; only a command with a struct gets there. */
/* options: --no-sweep --schedules 0 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#define GAIN_COUNT	12
struct gain {
	__u32 channel;
	__s32 millibel;
};
#define GAIN_SET	_IOW('G', 1, struct gain)
#define GAIN_GET	_IOWR('G', 2, struct gain)

static long gain_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	s32 *gains;
	struct gain gain;
	long ret = 0;

	if (command != GAIN_SET && command != GAIN_GET)
		return -ENOTTY;
	if (copy_from_user(&gain, (void __user *)argument, sizeof(gain)))
		return -EFAULT;
	if (gain.channel > GAIN_COUNT)
		return -EINVAL;
	gains = kcalloc(GAIN_COUNT, sizeof(*gains), GFP_KERNEL);
	if (!gains)
		return -ENOMEM;
	if (command == GAIN_SET)
		gains[gain.channel] = gain.millibel; /* finding: out-of-bounds */
	else if (copy_to_user((void __user *)argument, &gain, sizeof(gain)))
		ret = -EFAULT;
	kfree(gains);
	return ret;
}

static const struct file_operations gain_ops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = gain_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};
static struct miscdevice gain_device = {
	.minor = MISC_DYNAMIC_MINOR, .name = "gain", .fops = &gain_ops,
};
module_misc_device(gain_device);
MODULE_LICENSE("GPL");
