// SPDX-License-Identifier: MIT
/* kmalloc.c - rows of kmalloc() and its kin, kvmalloc() included; see api.h */
#include "api.h"

API(kmalloc, zero, "size 0 gives ZERO_SIZE_PTR")
{
	return kmalloc(0, GFP_KERNEL) == ZERO_SIZE_PTR;
}

API(kmalloc, limit, "4 MiB is served, a byte more is NULL and warned of")
{
	size_t most = API_HIDDEN(KMALLOC_MAX_SIZE);
	void *object = kmalloc(most, GFP_KERNEL);
	bool ok = object && !kmalloc(most + 1, GFP_KERNEL);

	kfree(object);
	return ok;
}

API(kmalloc, align, "a power of two is aligned to itself, any size to 8")
{
	bool ok = true;

	for (size_t size = 1; size <= 65536; size++) {
		void *object;

		if (size > 600 && !is_power_of_2(size))
			continue;
		object = kmalloc(size, GFP_KERNEL);
		ok &= api_aligned(object, is_power_of_2(size) ? size : 8);
		ok &= ksize(object) >= size;
		kfree(object);
	}
	return ok;
}

API(kmalloc, failure, "NULL without memory")
{
	void *object;

	api_memory_out();
	object = kmalloc(65536, GFP_ATOMIC | __GFP_NOWARN);
	api_memory_back();
	return !object;
}

API_CONTEXTS(kmalloc, "P", "GFP_KERNEL may sleep", NULL)
{
	void *object = kmalloc(100, GFP_KERNEL);

	kfree(object);
	return object;
}

API_CONTEXTS(kmalloc, "PASH", "GFP_ATOMIC and GFP_NOWAIT do not", NULL)
{
	void *object = kmalloc(100, GFP_ATOMIC), *other = kmalloc(20000, GFP_NOWAIT);

	kfree(object);
	kfree(other);
	return object && other;
}
