/* SPDX-License-Identifier: MIT */
/* kobject_test.c - kobjects, sets, and their files in the registry */
#define KMALLOC_CHECKED 1
#include <test.h>
#include <kmalloc/machine.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "kapi/fnode.h"
#include "slab/count_test.h"

static int released;

static bool console_has(const char *part)
{
	return strstr(km_test_console(), part) != NULL;
}

static void count_release(struct kobject *kobj)
{
	released++;
}

static const struct kobj_type counted_ktype = {
	.release = count_release,
	.sysfs_ops = &kobj_sysfs_ops,
};

/* What a read of the file gives; "": there is none, or it cannot be read. */
static const char *content(const char *path)
{
	static char page[PAGE_SIZE] __aligned(PAGE_SIZE);
	struct km_fnode *node = fnode_find(path);
	ssize_t length = -ENOENT;

	memset(page, 0, sizeof(page));
	if (node && node->kind == FNODE_TEXT && fnode_enter(node)) {
		length = node->text->show(node, page);
		fnode_leave(node);
	}
	if (node)
		fnode_put(node);
	return length < 0 ? "" : page;
}

static ssize_t put(const char *path, const char *text)
{
	struct km_fnode *node = fnode_find(path);
	ssize_t ret = -ENOENT;

	if (node && fnode_enter(node)) {
		ret = node->text->store(node, text, strlen(text));
		fnode_leave(node);
	}
	if (node)
		fnode_put(node);
	return ret;
}

static bool is_there(const char *path)
{
	struct km_fnode *node = fnode_find(path);

	if (node)
		fnode_put(node);
	return node != NULL;
}

/* -- attributes ------------------------------------------------------------------------------- */

static int level = 3;

static ssize_t level_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", level);
}

static ssize_t level_store(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			   size_t count)
{
	int error = kstrtoint(buf, 0, &level);

	return error ? error : (ssize_t)count;
}

static ssize_t once_store(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			  size_t count)
{
	return sysfs_remove_file_self(kobj, &attr->attr) ? (ssize_t)count : -ENODEV;
}

static struct kobj_attribute level_attribute = __ATTR_RW(level);
static struct kobj_attribute once_attribute = __ATTR_WO(once);
static struct attribute *ring_attrs[] = { &level_attribute.attr, NULL };
static const struct attribute_group limit_group = { .name = "limits", .attrs = ring_attrs };
ATTRIBUTE_GROUPS(ring);
static const struct kobj_type grouped_ktype = {
	.release = count_release,
	.sysfs_ops = &kobj_sysfs_ops,
	.default_groups = ring_groups,
};

static void a_file_is_read_and_written_by_its_path(void)
{
	struct kobject *kobj = kobject_create_and_add("ring", kernel_kobj);

	REQUIRE(kobj);
	CHECK_EQ(sysfs_create_file(kobj, &level_attribute.attr), 0);
	CHECK(!strcmp(content("/sys/kernel/ring/level"), "3\n"));
	CHECK_EQ(put("/sys/kernel/ring/level", "12\n"), 3);
	CHECK_EQ(level, 12);
	CHECK_EQ(put("/sys/kernel/ring/level", "many\n"), -EINVAL);
	CHECK_EQ(sysfs_create_file(kobj, &level_attribute.attr), -EEXIST);
	CHECK(console_has("sysfs: cannot create duplicate filename '/sys/kernel/ring/level'"));
	sysfs_remove_file(kobj, &level_attribute.attr);
	CHECK(!is_there("/sys/kernel/ring/level"));
	CHECK_EQ(sysfs_create_file(kobj, &once_attribute.attr), 0);
	CHECK_EQ(put("/sys/kernel/ring/once", "1"), 1);
	CHECK(!is_there("/sys/kernel/ring/once"));
	/* What nobody removes goes with the directory. */
	CHECK_EQ(sysfs_create_file(kobj, &level_attribute.attr), 0);
	kobject_put(kobj);
	CHECK(!is_there("/sys/kernel/ring/level") && !is_there("/sys/kernel/ring"));
	level = 3;
}

static void a_directory_takes_its_files_along(void)
{
	static struct kobject kobj;

	released = 0;
	memset(&kobj, 0, sizeof(kobj));
	REQUIRE(!kobject_init_and_add(&kobj, &grouped_ktype, NULL, "%s%d", "a/b", 7));
	CHECK(!strcmp(kobject_name(&kobj), "a!b7"));
	CHECK_EQ(sysfs_create_group(&kobj, &limit_group), 0);
	CHECK(!strcmp(content("/sys/a!b7/level"), "3\n"));
	CHECK(!strcmp(content("/sys/a!b7/limits/level"), "3\n"));
	sysfs_remove_group(&kobj, &limit_group);
	CHECK(!is_there("/sys/a!b7/limits/level") && is_there("/sys/a!b7/level"));
	kobject_get(&kobj);
	kobject_del(&kobj);
	CHECK(!is_there("/sys/a!b7/level") && !kobj.sd);
	kobject_put(&kobj);
	CHECK_EQ(released, 0);
	kobject_put(&kobj);
	CHECK_EQ(released, 1);
}

static void a_name_is_taken_once(void)
{
	struct kobject *first = kobject_create_and_add("twice", NULL);

	REQUIRE(first);
	CHECK(!kobject_create_and_add("twice", NULL));
	CHECK(console_has("kobject_add_internal failed for twice with -EEXIST"));
	kobject_put(first);
	first = kobject_create_and_add("twice", NULL);
	CHECK(first);
	kobject_put(first);
}

static void parents_stay_until_their_children_go(void)
{
	static struct kobject parent, child;

	memset(&parent, 0, sizeof(parent));
	memset(&child, 0, sizeof(child));
	released = 0;
	REQUIRE(!kobject_init_and_add(&parent, &counted_ktype, fs_kobj, "above"));
	REQUIRE(!kobject_init_and_add(&child, &counted_ktype, &parent, "below"));
	CHECK(is_there("/sys/fs/above/below"));
	kobject_put(&parent);
	CHECK_EQ(released, 0);
	kobject_put(&child);
	CHECK_EQ(released, 2);
	CHECK(!is_there("/sys/fs/above"));
}

static int uevents;

static int see_uevent(const struct kobject *kobj, struct kobj_uevent_env *env)
{
	uevents += !strcmp(env->envp[0], "ACTION=add") && !strcmp(env->envp[2], "COLOR=red");
	return add_uevent_var(env, "NUMBER=%d", 1);
}

static const struct kset_uevent_ops uevent_ops = { .uevent = see_uevent };

static void a_set_knows_its_members(void)
{
	struct kset *set = kset_create_and_add("colors", &uevent_ops, kernel_kobj);
	static struct kobject red;
	char *words[] = { "COLOR=red", NULL };
	struct kobject *found;

	REQUIRE(set);
	memset(&red, 0, sizeof(red));
	red.kset = set;
	released = uevents = 0;
	REQUIRE(!kobject_init_and_add(&red, &counted_ktype, NULL, "red"));
	CHECK(is_there("/sys/kernel/colors/red"));
	CHECK_EQ(kobject_uevent_env(&red, KOBJ_ADD, words), 0);
	CHECK_EQ(uevents, 1);
	found = kset_find_obj(set, "red");
	CHECK(found == &red);
	CHECK(!kset_find_obj(set, "blue"));
	kobject_put(found);
	kobject_put(&red);
	CHECK_EQ(released, 1);
	kset_unregister(set);
	CHECK(!is_there("/sys/kernel/colors"));
}

static void mistakes_are_told_as_in_linux(void)
{
	static struct kobject kobj;
	char *page = (char *)__get_free_page(GFP_KERNEL);

	memset(&kobj, 0, sizeof(kobj));
	CHECK_EQ(kobject_add(&kobj, NULL, "raw"), -EINVAL);
	CHECK(console_has("tried to add an uninitialized object"));
	kobject_put(&kobj);
	CHECK(console_has("is not initialized, yet kobject_put() is being called"));
	kobject_init(&kobj, &counted_ktype);
	CHECK_EQ(sysfs_create_file(&kobj, &level_attribute.attr), -EINVAL);
	REQUIRE(page);
	CHECK_EQ(sysfs_emit(page + 1, "x"), 0);
	CHECK(console_has("invalid sysfs_emit: buf:"));
	CHECK_EQ(sysfs_emit_at(page, PAGE_SIZE, "x"), 0);
	CHECK_EQ(sysfs_emit_at(page, PAGE_SIZE - 3, "abcdef"), 2);
	free_page((unsigned long)page);
}

/* -- devices ---------------------------------------------------------------------------------- */

static int speed = 9;

static ssize_t name_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n", dev_name(dev));
}

static DEVICE_ATTR_RO(name);
static DEVICE_INT_ATTR(speed, 0644, speed);
static struct attribute *probe_attrs[] = { &dev_attr_name.attr, NULL };
ATTRIBUTE_GROUPS(probe);

static int probe(struct platform_device *pdev)
{
	return device_create_file(&pdev->dev, &dev_attr_speed.attr);
}

static void remove(struct platform_device *pdev)
{
	device_remove_file(&pdev->dev, &dev_attr_speed.attr);
}

static struct platform_driver driver = {
	.probe = probe,
	.remove = remove,
	.driver = { .name = "meter", .dev_groups = probe_groups },
};

static void a_driver_adds_files_to_its_device(void)
{
	struct platform_device *pdev = platform_device_register_simple("meter", -1, NULL, 0);

	REQUIRE(!IS_ERR(pdev));
	REQUIRE(!platform_driver_register(&driver));
	CHECK(!strcmp(content("/sys/devices/platform/meter/name"), "meter\n"));
	CHECK(!strcmp(content("/sys/devices/platform/meter/speed"), "9\n"));
	CHECK_EQ(put("/sys/devices/platform/meter/speed", "-4"), 2);
	CHECK_EQ(speed, -4);
	platform_driver_unregister(&driver);
	CHECK(!is_there("/sys/devices/platform/meter/name"));
	CHECK(!is_there("/sys/devices/platform/meter/speed"));
	CHECK(is_there("/sys/devices/platform/meter"));
	platform_device_unregister(pdev);
	CHECK(!is_there("/sys/devices/platform/meter"));
	speed = 9;
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(setup, T(a_file_is_read_and_written_by_its_path),
	 T(a_directory_takes_its_files_along), T(a_name_is_taken_once),
	 T(parents_stay_until_their_children_go), T(a_set_knows_its_members),
	 T(mistakes_are_told_as_in_linux), T(a_driver_adds_files_to_its_device));
