/* SPDX-License-Identifier: MIT */
/* user_test.c - user space as a library has it: what faults, what is copied, what is duplicated */
#define KMALLOC_CHECKED 1
#include <kmalloc/machine.h>
#include <kmalloc/user.h>
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include "page/page_room.h"
#include "test.h"

static char theirs[9000];

static void kernel_addresses_fault(void)
{
	char *object = kmalloc(64, GFP_KERNEL), *area = vmalloc(5000), mine[8];
	char *bad[] = { NULL, (char *)8, object, area, area + 4999, (char *)-64 };

	REQUIRE(object && area);
	for (unsigned int i = 0; i < ARRAY_SIZE(bad); i++) {
		memset(mine, 'x', 8);
		CHECK_EQ(copy_from_user(mine, bad[i], 8), 8);
		CHECK(!mine[0] && !mine[7]);
		CHECK_EQ(copy_to_user(bad[i], mine, 8), 8);
		CHECK_EQ(PTR_ERR(memdup_user(bad[i], 8)), -EFAULT);
		CHECK_EQ(PTR_ERR(vmemdup_user(bad[i], 8)), -EFAULT);
		CHECK_EQ(PTR_ERR(strndup_user(bad[i], 8)), -EFAULT);
		CHECK_EQ(PTR_ERR(memdup_user_nul(bad[i], 8)), -EFAULT);
		CHECK(!access_ok(bad[i], 8));
	}
	kfree(object);
	vfree(area);
}

static void copies_are_true(void)
{
	char mine[40], *copy;
	int value = 0;

	strcpy(theirs, "what users write");
	CHECK_EQ(copy_from_user(mine, theirs, 17), 0);
	CHECK(!strcmp(mine, theirs));
	CHECK_EQ(copy_to_user(theirs + 100, "back", 5), 0);
	CHECK(!strcmp(theirs + 100, "back"));
	CHECK_EQ(put_user(1234, (int *)(theirs + 200)), 0);
	CHECK_EQ(get_user(value, (int *)(theirs + 200)), 0);
	CHECK_EQ(value, 1234);
	CHECK_EQ(get_user(value, (int *)NULL), -EFAULT);
	CHECK_EQ(value, 0);
	CHECK_EQ(clear_user(theirs + 100, 5), 0);
	CHECK_EQ(theirs[100], 0);
	CHECK_EQ(strncpy_from_user(mine, theirs, 40), 16);
	CHECK_EQ(strncpy_from_user(mine, theirs, 4), 4);
	CHECK_EQ(strnlen_user(theirs, 40), 17);
	CHECK_EQ(strnlen_user(theirs, 4), 5);
	copy = memdup_user(theirs, 17);
	CHECK(!IS_ERR(copy) && !strcmp(copy, theirs));
	kfree(copy);
	copy = memdup_user_nul(theirs, 4);
	CHECK(!IS_ERR(copy) && !strcmp(copy, "what"));
	kfree(copy);
	copy = strndup_user(theirs, 17);
	CHECK(!IS_ERR(copy) && !strcmp(copy, theirs));
	kfree(copy);
	CHECK_EQ(PTR_ERR(strndup_user(theirs, 16)), -EINVAL);
	copy = vmemdup_user(theirs, 9000);
	CHECK(!IS_ERR(copy) && !memcmp(copy, theirs, 9000));
	kvfree(copy);
	CHECK(memdup_user(theirs, 0) == ZERO_SIZE_PTR);
	CHECK_EQ(PTR_ERR(memdup_user(theirs, KMALLOC_MAX_SIZE + 1)), -ENOMEM);
	CHECK_EQ(PTR_ERR(memdup_array_user(theirs, ~0ul, 16)), -EOVERFLOW);
	copy = memdup_array_user(theirs, 3, 5);
	CHECK(!IS_ERR(copy) && !memcmp(copy, theirs, 15));
	kfree(copy);
}

static void with_ranges_all_else_faults(void)
{
	char mine[100];

	memset(theirs, 'u', sizeof(theirs));
	REQUIRE(!km_user_add(theirs, 50) && !km_user_add(theirs + 50, 10));
	CHECK_EQ(copy_from_user(mine, theirs, 60), 0);
	CHECK_EQ(copy_from_user(mine, theirs + 20, 60), 20);
	CHECK(mine[39] == 'u' && !mine[40] && !mine[59]);
	CHECK_EQ(copy_from_user(mine, theirs + 60, 1), 1);
	CHECK_EQ(copy_to_user(theirs + 55, mine, 100), 95);
	CHECK(theirs[60] == 'u');
	memset(theirs, 'u', sizeof(theirs));
	CHECK_EQ(PTR_ERR(strndup_user(theirs, 60)), -EINVAL);
	CHECK_EQ(PTR_ERR(strndup_user(theirs, 200)), -EFAULT);
	CHECK_EQ(km_user_remove(theirs + 1), -ENOENT);
	CHECK_EQ(km_user_remove(theirs), 0);
	CHECK_EQ(copy_from_user(mine, theirs, 1), 1);
	CHECK_EQ(km_user_remove(theirs + 50), 0);
	CHECK_EQ(copy_from_user(mine, theirs, 1), 0);
	CHECK_EQ(km_user_add(theirs, 0), -EINVAL);
	for (int i = 0; i < KM_USER_RANGES; i++)
		CHECK_EQ(km_user_add(theirs + i, 1), 0);
	CHECK_EQ(km_user_add(theirs, 1), -ENOSPC);
	for (int i = 0; i < KM_USER_RANGES; i++)
		CHECK_EQ(km_user_remove(theirs + i), 0);
}

static void objects_are_copied_within_their_region(void)
{
	struct kmem_cache *cache =
		kmem_cache_create_usercopy("region", 64, 0, 0, 16, 24, NULL);
	struct kmem_cache *none = kmem_cache_create("regionless", 64, NULL, SLAB_NO_MERGE);
	char *object = kmem_cache_alloc(cache, GFP_KERNEL), *plain = kmalloc(64, GFP_KERNEL);
	char *closed = kmem_cache_alloc(none, GFP_KERNEL);

	REQUIRE(object && plain && closed);
	CHECK_EQ(copy_from_user(object + 16, theirs, 24), 0);
	CHECK_EQ(copy_to_user(theirs, object + 39, 1), 0);
	km_test_console_clear();
	CHECK_EQ(copy_from_user(object + 16, theirs, 25), 25);
	CHECK(strstr(km_test_console(), "usercopy: Kernel memory overwrite attempt detected to "
					"SLUB object 'region' (offset 16, size 25)!"));
	CHECK_EQ(copy_from_user(object + 15, theirs, 2), 2);
	CHECK_EQ(copy_to_user(theirs, object + 40, 1), 1);
	CHECK(strstr(km_test_console(), "exposure attempt detected from SLUB object 'region'"));
	CHECK_EQ(copy_to_user(theirs, closed, 1), 1);
	CHECK_EQ(copy_from_user(plain, theirs, 64), 0);
	CHECK_EQ(copy_from_user(plain + 60, theirs, 5), 5);
	kfree(plain);
	kmem_cache_free(cache, object);
	kmem_cache_free(none, closed);
	kmem_cache_destroy(cache);
	kmem_cache_destroy(none);
}

static void without_memory_they_say_so(void)
{
	static void *held[4000];
	int count = 0;

	page_fail_after(0, ~0ul);
	while (count < 4000 && (held[count] = kmalloc(900, GFP_KERNEL)))
		count++;
	CHECK_EQ(PTR_ERR(memdup_user(theirs, 900)), -ENOMEM);
	CHECK_EQ(PTR_ERR(memdup_user_nul(theirs, 899)), -ENOMEM);
	CHECK_EQ(PTR_ERR(vmemdup_user(theirs, 900)), -ENOMEM);
	memset(theirs, 'a', 899);
	theirs[899] = 0;
	CHECK_EQ(PTR_ERR(strndup_user(theirs, 1000)), -ENOMEM);
	page_fail_stop();
	while (count)
		kfree(held[--count]);
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(setup, T(kernel_addresses_fault), T(copies_are_true), T(with_ranges_all_else_faults),
	 T(objects_are_copied_within_their_region), T(without_memory_they_say_so));
