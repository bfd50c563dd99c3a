/* SPDX-License-Identifier: MIT */
/* An address within the argument; what was made for it is lost when the data is wrong. */
/* options: --no-sweep --schedules 0 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct transfer {
	__u64 data;
	__u32 bytes, status;
};
enum { TRANSFER = 0x7301, STATUS };

static u32 status;

static long bus_transfer(struct transfer __user *to)
{
	struct transfer transfer;
	u8 *data;
	long ret = 0;

	if (copy_from_user(&transfer, to, sizeof(transfer)))
		return -EFAULT;
	if (transfer.bytes < 4 || transfer.bytes > 1024)
		return -EINVAL;
	data = memdup_user(u64_to_user_ptr(transfer.data), transfer.bytes); /* finding: leak */
	if (IS_ERR(data))
		return PTR_ERR(data);
	status = data[3];
	if (data[0] != 0x10) {
		ret = -EPROTO;
		goto out;
	}
	if (put_user(status, &to->status))
		ret = -EFAULT;
	kfree(data);
out:
	return ret;
}

static long bus_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	if (command == TRANSFER)
		return bus_transfer((struct transfer __user *)argument);
	if (command == STATUS)
		return put_user(status, (__u32 __user *)argument);
	return -ENOIOCTLCMD;
}

static const struct file_operations bus_ops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = bus_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};
static struct miscdevice bus_device = {
	.minor = MISC_DYNAMIC_MINOR, .name = "bus", .fops = &bus_ops,
};
module_misc_device(bus_device);
MODULE_LICENSE("GPL");
