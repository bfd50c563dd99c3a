// SPDX-License-Identifier: MIT
/* devres.c - rows of the family devres; see api.h */
#include "api.h"

#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/percpu.h>

static struct device holder;

static void no_release(struct device *dev)
{
}

/* Binds afresh: what the last row made goes. */
static struct device *holder_get(void)
{
	static u64 mask;

	if (device_is_registered(&holder)) {
		devres_release_all(&holder);
		return &holder;
	}
	holder.init_name = "api-holder";
	holder.release = no_release;
	holder.dma_mask = &mask;
	mask = holder.coherent_dma_mask = DMA_BIT_MASK(64);
	if (device_register(&holder))
		return NULL;
	api_may_leave();
	return &holder;
}

static void holder_before(void)
{
	holder_get();
}

static bool done(bool ok)
{
	devres_release_all(&holder);
	return ok && list_empty(&holder.devres_head);
}

/* What every managed allocation promises; the device lets go at the end of each row. */
#define MANAGED(call, ...)							\
	API_CONTEXTS(call, "P", "GFP_KERNEL may sleep", holder_before)		\
	{									\
		gfp_t gfp = GFP_KERNEL;						\
										\
		api_may_leave();						\
		return call(__VA_ARGS__) != NULL;				\
	}									\
	API_CONTEXTS(call, "PASH", "GFP_ATOMIC never sleeps", holder_before)	\
	{									\
		gfp_t gfp = GFP_ATOMIC;						\
										\
		api_may_leave();						\
		return call(__VA_ARGS__) != NULL;				\
	}									\
	API(call, other, "goes with its device")				\
	{									\
		gfp_t gfp = GFP_KERNEL;						\
		bool ok;							\
										\
		holder_get();							\
		ok = call(__VA_ARGS__) != NULL;					\
		return done(ok);						\
	}									\
	API(call, failure, "NULL without memory")				\
	{									\
		gfp_t gfp = GFP_KERNEL | __GFP_NOWARN;				\
		bool ok = true;							\
										\
		holder_get();							\
		api_memory_out();						\
		for (int i = 0; i < 3000 && ok; i++)				\
			ok = call(__VA_ARGS__) != NULL;				\
		api_memory_back();						\
		return done(!ok);						\
	}

static char text[3000];

static char *text_of(const char *format, ...)
{
	va_list args;
	char *copy;

	va_start(args, format);
	copy = devm_kvasprintf(&holder, GFP_KERNEL, format, args);
	va_end(args);
	return copy;
}

static const char *long_text(void)
{
	memset(text, 'x', sizeof(text) - 1);
	return text;
}

MANAGED(devm_kmalloc, &holder, 3000, gfp)
MANAGED(devm_kzalloc, &holder, 3000, gfp)
MANAGED(devm_kcalloc, &holder, 3, 1000, gfp)
MANAGED(devm_kmalloc_array, &holder, 3, 1000, gfp)
MANAGED(devm_krealloc, &holder, NULL, 3000, gfp)
MANAGED(devm_kmemdup, &holder, text, 3000, gfp)
MANAGED(devm_kstrdup, &holder, long_text(), gfp)
MANAGED(devm_kstrdup_const, &holder, long_text(), gfp)
MANAGED(devm_kasprintf, &holder, gfp, "%2999d", 5)

#define SIZE_ZERO(call, ...)							\
	API(call, zero, "size 0 gives ZERO_SIZE_PTR")				\
	{									\
		holder_get();							\
		return done(call(__VA_ARGS__) == ZERO_SIZE_PTR);		\
	}
SIZE_ZERO(devm_kmalloc, &holder, API_HIDDEN(0), GFP_KERNEL)
SIZE_ZERO(devm_kzalloc, &holder, API_HIDDEN(0), GFP_KERNEL)
SIZE_ZERO(devm_kcalloc, &holder, API_HIDDEN(0), 8, GFP_KERNEL)
SIZE_ZERO(devm_kmalloc_array, &holder, 8, API_HIDDEN(0), GFP_KERNEL)
SIZE_ZERO(devm_kmemdup, &holder, text, API_HIDDEN(0), GFP_KERNEL)

#define TOO_LARGE(call, ...)							\
	API(call, overflow, "a size or product that overflows: NULL")		\
	{									\
		holder_get();							\
		return done(!call(__VA_ARGS__));				\
	}
TOO_LARGE(devm_kmalloc, &holder, API_HIDDEN(SIZE_MAX), GFP_KERNEL | __GFP_NOWARN)
TOO_LARGE(devm_kzalloc, &holder, API_HIDDEN(SIZE_MAX - 8), GFP_KERNEL | __GFP_NOWARN)
TOO_LARGE(devm_kcalloc, &holder, API_HIDDEN(SIZE_MAX / 2), 3, GFP_KERNEL)
TOO_LARGE(devm_kmalloc_array, &holder, API_HIDDEN(SIZE_MAX / 2), 3, GFP_KERNEL)

API(devm_kmalloc, align, "aligned as kmalloc's least")
{
	bool ok = true;

	holder_get();
	for (size_t bytes = 1; bytes < 5000; bytes += 97)
		ok &= api_aligned(devm_kmalloc(&holder, bytes, GFP_KERNEL), ARCH_KMALLOC_MINALIGN);
	return done(ok);
}

API(devm_kzalloc, other, "zeroed")
{
	holder_get();
	return done(api_filled(devm_kzalloc(&holder, 1000, GFP_KERNEL), 0, 1000));
}

API(devm_krealloc, zero, "size 0 frees and gives ZERO_SIZE_PTR")
{
	void *p = devm_kmalloc(holder_get(), 10, GFP_KERNEL);

	return done(devm_krealloc(&holder, p, API_HIDDEN(0), GFP_KERNEL) == ZERO_SIZE_PTR &&
		    list_empty(&holder.devres_head));
}

API(devm_krealloc, other, "keeps what was there; what is not the device's is refused")
{
	char *p = devm_kstrdup(holder_get(), "kept", GFP_KERNEL);
	char *stranger = kmalloc(9, GFP_KERNEL);
	bool ok;

	p = devm_krealloc(&holder, p, 5000, GFP_KERNEL);
	ok = p && !strcmp(p, "kept") && !devm_krealloc(&holder, stranger, 100, GFP_KERNEL);
	kfree(stranger);
	return done(ok && (api_said("is no memory of device") || api_told("invalid-free")));
}

API(devm_kstrdup, null, "NULL gives NULL")
{
	return done(!devm_kstrdup(holder_get(), NULL, GFP_KERNEL));
}

API(devm_kvasprintf, other, "formats, and goes with its device")
{
	char *copy;

	holder_get();
	copy = text_of("%d-%s", 5, "five");
	return done(copy && !strcmp(copy, "5-five"));
}

API(devm_kfree, null, "NULL and ZERO_SIZE_PTR do nothing")
{
	devm_kfree(holder_get(), NULL);
	devm_kfree(&holder, ZERO_SIZE_PTR);
	return done(true);
}

API(devm_kfree, other, "frees early; what is not the device's is warned of")
{
	void *stranger = kmalloc(9, GFP_KERNEL);
	bool ok;

	holder_get();
	devm_kfree(&holder, devm_kmalloc(&holder, 100, GFP_KERNEL));
	ok = list_empty(&holder.devres_head) && !api_said("is no memory of device");
	devm_kfree(&holder, stranger);
	kfree(stranger);
	return done(ok && (api_said("is no memory of device") || api_told("invalid-free")));
}

API(devm_kmalloc, other, "a plain kfree() of it is told")
{
	void *p = devm_kmalloc(holder_get(), 100, GFP_KERNEL);

	kfree(p);
	return done(api_told("invalid-free"));
}

API(devm_get_free_pages, other, "goes with its device; too large an order is 0")
{
	unsigned long at;

	holder_get();
	at = devm_get_free_pages(&holder, GFP_KERNEL | __GFP_ZERO, 2);
	return done(at && api_filled((void *)at, 0, PAGE_SIZE << 2) &&
		    !devm_get_free_pages(&holder, GFP_KERNEL | __GFP_NOWARN, MAX_PAGE_ORDER + 1));
}

API(devm_get_free_pages, failure, "0 without memory")
{
	unsigned long at;

	holder_get();
	api_memory_out();
	at = devm_get_free_pages(&holder, GFP_KERNEL | __GFP_NOWARN, 3);
	api_memory_back();
	return done(!at);
}

API(devm_free_pages, other, "frees early; what is not the device's is warned of")
{
	holder_get();
	devm_free_pages(&holder, devm_get_free_pages(&holder, GFP_KERNEL, 1));
	if (api_said("is no page") || !list_empty(&holder.devres_head))
		return false;
	devm_free_pages(&holder, API_HIDDEN(4096));
	return done(api_said("is no page of device"));
}

API(devm_alloc_percpu, other, "zeroed on every CPU; goes with its device")
{
	u64 __percpu *counts = devm_alloc_percpu(holder_get(), u64);
	bool ok = counts != NULL;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		ok &= *per_cpu_ptr(counts, cpu) == 0;
	return done(ok);
}

API(__devm_alloc_percpu, zero, "size 0: NULL")
{
	return done(!__devm_alloc_percpu(holder_get(), API_HIDDEN(0), 8));
}

API(devm_free_percpu, other, "frees early")
{
	holder_get();
	devm_free_percpu(&holder, devm_alloc_percpu(&holder, u64));
	return done(list_empty(&holder.devres_head));
}

API(dmam_alloc_coherent, other, "zeroed, and goes with its device")
{
	dma_addr_t handle = 0;
	void *memory = dmam_alloc_coherent(holder_get(), 5000, &handle, GFP_KERNEL);

	return done(memory && handle == virt_to_phys(memory) && api_filled(memory, 0, 5000));
}

API(dmam_alloc_coherent, failure, "NULL without memory")
{
	dma_addr_t handle;
	void *memory;

	holder_get();
	api_memory_out();
	memory = dmam_alloc_coherent(&holder, 5000, &handle, GFP_KERNEL | __GFP_NOWARN);
	api_memory_back();
	return done(!memory);
}

API(dmam_free_coherent, other, "frees early; what is not the device's is warned of")
{
	dma_addr_t handle;
	void *memory = dmam_alloc_coherent(holder_get(), 50, &handle, GFP_KERNEL);

	dmam_free_coherent(&holder, 50, memory, handle);
	dmam_free_coherent(&holder, 50, memory, handle);
	return done(api_said("is no DMA memory of device"));
}

API(dmam_pool_create, other, "goes with its device; numbers that cannot be obeyed are NULL")
{
	return done(dmam_pool_create("api", holder_get(), 32, 8, 0) &&
		    !dmam_pool_create("api", &holder, 0, 8, 0));
}

API(dmam_pool_destroy, other, "destroys early")
{
	dmam_pool_destroy(dmam_pool_create("api", holder_get(), 32, 8, 0));
	return done(list_empty(&holder.devres_head));
}
