// SPDX-License-Identifier: MIT
/*
 * params.c - module parameters: text to value and back
 *
 * Owns: the param_ops_* tables, the texts that charp parameters point to (never given back).
 * Nothing here locks or sleeps: parameters are set before the module runs.
 */
#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <kern/parts.h>

#define TEXT_BYTES	4096	/* of a get buffer: one page */

#define PARAM_NUMBER(name, type, format, parse)						\
	int param_set_##name(const char *val, const struct kernel_param *kp)		\
	{										\
		return parse(val, 0, (type *)kp->arg);					\
	}										\
	int param_get_##name(char *buffer, const struct kernel_param *kp)		\
	{										\
		return scnprintf(buffer, TEXT_BYTES, format "\n", *((type *)kp->arg));	\
	}										\
	const struct kernel_param_ops param_ops_##name = {				\
		.set = param_set_##name, .get = param_get_##name,			\
	}
PARAM_NUMBER(byte, unsigned char, "%hhu", kstrtou8);
PARAM_NUMBER(short, short, "%hi", kstrtos16);
PARAM_NUMBER(ushort, unsigned short, "%hu", kstrtou16);
PARAM_NUMBER(int, int, "%i", kstrtoint);
PARAM_NUMBER(uint, unsigned int, "%u", kstrtouint);
PARAM_NUMBER(long, long, "%li", kstrtol);
PARAM_NUMBER(ulong, unsigned long, "%lu", kstrtoul);
PARAM_NUMBER(ullong, unsigned long long, "%llu", kstrtoull);
PARAM_NUMBER(hexint, unsigned int, "%#08x", kstrtouint);

int param_set_uint_minmax(const char *val, const struct kernel_param *kp, unsigned int min,
			  unsigned int max)
{
	unsigned int number;
	int ret;

	if (!val)
		return -EINVAL;
	ret = kstrtouint(val, 0, &number);
	if (ret)
		return ret;
	if (number < min || number > max)
		return -EINVAL;
	*(unsigned int *)kp->arg = number;
	return 0;
}

static char texts[8192];
static size_t texts_used;

int param_set_charp(const char *val, const struct kernel_param *kp)
{
	size_t bytes;

	if (strlen(val) > 1024) {
		pr_err("%s: string parameter too long\n", kp->name);
		return -ENOSPC;
	}
	bytes = strlen(val) + 1;
	if (bytes > sizeof(texts) - texts_used)
		return -ENOMEM;
	*(char **)kp->arg = memcpy(texts + texts_used, val, bytes);
	texts_used += bytes;
	return 0;
}

int param_get_charp(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, TEXT_BYTES, "%s\n", *((char **)kp->arg));
}
const struct kernel_param_ops param_ops_charp = { .set = param_set_charp, .get = param_get_charp };

int param_set_bool(const char *val, const struct kernel_param *kp)
{
	return kstrtobool(val ? val : "1", kp->arg);
}

int param_get_bool(char *buffer, const struct kernel_param *kp)
{
	return sprintf(buffer, "%c\n", *(bool *)kp->arg ? 'Y' : 'N');
}
const struct kernel_param_ops param_ops_bool = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG, .set = param_set_bool, .get = param_get_bool,
};

int param_set_invbool(const char *val, const struct kernel_param *kp)
{
	bool value;
	int ret = kstrtobool(val, &value);

	if (!ret)
		*(bool *)kp->arg = !value;
	return ret;
}

int param_get_invbool(char *buffer, const struct kernel_param *kp)
{
	return sprintf(buffer, "%c\n", *(bool *)kp->arg ? 'N' : 'Y');
}
const struct kernel_param_ops param_ops_invbool = { .set = param_set_invbool,
						    .get = param_get_invbool };

/* A boolean in an int. */
int param_set_bint(const char *val, const struct kernel_param *kp)
{
	bool value;
	int ret = kstrtobool(val ? val : "1", &value);

	if (!ret)
		*(int *)kp->arg = value;
	return ret;
}
const struct kernel_param_ops param_ops_bint = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG, .set = param_set_bint, .get = param_get_int,
};

int param_set_copystring(const char *val, const struct kernel_param *kp)
{
	const struct kparam_string *str = kp->str;

	if (strnlen(val, str->maxlen) == str->maxlen) {
		pr_err("%s: string doesn't fit in %u chars.\n", kp->name, str->maxlen - 1);
		return -ENOSPC;
	}
	strscpy(str->string, val, str->maxlen);
	return 0;
}

int param_get_string(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, TEXT_BYTES, "%s\n", kp->str->string);
}
const struct kernel_param_ops param_ops_string = { .set = param_set_copystring,
						   .get = param_get_string };

static int param_array_element(const struct kparam_array *array, const struct kernel_param *kp,
			       char *text, unsigned int nr)
{
	struct kernel_param element = *kp;

	if (nr >= array->max) {
		pr_err("%s: can only take %i arguments\n", kp->name, array->max);
		return -EINVAL;
	}
	element.arg = (char *)array->elem + array->elemsize * nr;
	return array->ops->set(text, &element);
}

static int param_array_set(const char *val, const struct kernel_param *kp)
{
	static char text[1024];
	const struct kparam_array *array = kp->arr;
	unsigned int count = 0;
	char *at = text, *comma;
	int ret;

	if (!val || strscpy(text, val, sizeof(text)) < 0)
		return -EINVAL;
	do {
		comma = strchr(at, ',');
		if (comma)
			*comma = '\0';
		ret = param_array_element(array, kp, at, count++);
		if (ret)
			return ret;
		at = comma + 1;
	} while (comma);
	if (array->num)
		*array->num = count;
	return 0;
}

static int param_array_get(char *buffer, const struct kernel_param *kp)
{
	const struct kparam_array *array = kp->arr;
	unsigned int nr, count = array->num ? *array->num : array->max;
	struct kernel_param element = *kp;
	int at = 0, bytes;

	for (nr = 0; nr < count; nr++) {
		element.arg = (char *)array->elem + array->elemsize * nr;
		if (at)
			buffer[at - 1] = ',';	/* in place of the newline */
		bytes = array->ops->get(buffer + at, &element);
		if (bytes < 0)
			return bytes;
		at += bytes;
	}
	buffer[at] = '\0';
	return at;
}
const struct kernel_param_ops param_array_ops = { .set = param_array_set, .get = param_array_get };
