/* SPDX-License-Identifier: MIT */
/* Arguments behind the sixth, variable ones among them, and lists of them. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/stdarg.h>

struct probe {
	int volts, amps, watts, degrees;
};

static struct probe *probe;

static int span(int count, ...)
{
	int highest = 0;
	va_list all;

	va_start(all, count);
	while (count--) {
		int value = va_arg(all, int);

		if (value > highest) /* finding: uninitialized-read */
			highest = value;
	}
	va_end(all);
	return highest;
}

static void note(const char *format, ...)
{
	struct va_format all;
	va_list arguments;

	va_start(arguments, format);
	all.fmt = format;
	all.va = &arguments;
	pr_info("probe: %pV\n", &all); /* finding: uninitialized-read */
	va_end(arguments);
}

static int write_line(char *line, size_t bytes, const char *format, ...)
{
	va_list all;
	int length;

	va_start(all, format);
	length = vscnprintf(line, bytes, format, all); /* finding: uninitialized-read */
	va_end(all);
	return length;
}

static int is_hot(int a, int b, int c, int d, int e, int f, int g, int degrees)
{
	if (degrees > 90) /* finding: uninitialized-read */
		return a + b + c + d + e + f + g;
	return 0;
}

static int __init on_stack_init(void)
{
	char line[80];

	probe = kmalloc(sizeof(*probe), GFP_KERNEL);
	if (!probe)
		return -ENOMEM;
	span(8, 1, 2, 3, 4, 5, 6, 7, probe->volts);
	note("%d of %d\n", 1, probe->amps);
	write_line(line, sizeof(line), "%d %d %d %d\n", 1, 2, 3, probe->watts);
	is_hot(1, 2, 3, 4, 5, 6, 7, probe->degrees);
	return 0;
}

static void __exit on_stack_exit(void)
{
	kfree(probe);
}

module_init(on_stack_init);
module_exit(on_stack_exit);
MODULE_LICENSE("GPL");
