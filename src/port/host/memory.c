// SPDX-License-Identifier: MIT
/*
 * memory.c - RAM, the checkers' memory, and the page table of the host port
 *
 * RAM is a file in memory mapped shared, so that km_port_map() can show a frame a second time; a
 * forked child does not inherit it (its first access faults) instead of sharing it with the parent
 * unnoticed.
 * M1  Each address of the vmap range is mapped to a frame or has no access; it is never free for
 *     others.
 */
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "state.h"
#include <port/common/windows.h>

#define VMAP_BYTES	(16UL << 30)
#define LINEAR_ALIGN	(4UL << 20)	/* the largest block of the buddy allocator */

static struct ram_windows windows;
static size_t vmap_bytes;		/* windows, then VMAP_BYTES */

static void *reserve(size_t bytes)
{
	void *got = mmap(NULL, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1,
			 0);

	return got == MAP_FAILED ? NULL : got;
}

/*
 * The start is a multiple of LINEAR_ALIGN: what is aligned as a physical address then is as a
 * virtual one.
 */
static void *reserve_aligned(size_t bytes)
{
	char *got = reserve(bytes + LINEAR_ALIGN), *start;
	size_t before;

	if (!got)
		return NULL;
	before = -(uintptr_t)got % LINEAR_ALIGN;
	start = got + before;
	if (before)
		munmap(got, before);
	munmap(start + bytes, LINEAR_ALIGN - before);
	return start;
}

static void ranges_free(void)
{
	if (host.linear)
		munmap(host.linear, host.linear_bytes);
	if (host.vmap)
		munmap(host.vmap, vmap_bytes);
	windows_end(&windows);
	host.linear = host.vmap = NULL;
	close(host.ram_fd);
}

int host_memory_open(void)
{
	const struct km_port_region *last = &host.region[RAM_REGIONS - 1];
	uintptr_t base;

	ram_lay_out(host.region, 0, host.config.mem_bytes);
	host.linear_bytes = last->phys + last->bytes;
	host.ram_fd = memfd_create("kmalloc-ram", MFD_CLOEXEC);
	if (host.ram_fd < 0)
		return -errno;
	host.linear = reserve_aligned(host.linear_bytes);
	if (!host.linear || ftruncate(host.ram_fd, (off_t)host.linear_bytes)) {
		ranges_free();
		return -ENOMEM;
	}
	vmap_bytes = VMAP_BYTES + windows_plan(&windows, host.ram_fd, host.linear_bytes);
	host.vmap = reserve_aligned(vmap_bytes);
	windows.base = host.vmap;
	if (!host.vmap) {
		ranges_free();
		return -ENOMEM;
	}
	base = (uintptr_t)host.linear;
	ram_lay_out(host.region, base, host.config.mem_bytes);
	for (unsigned int i = 0; i < RAM_REGIONS; i++) {
		const struct km_port_region *region = &host.region[i];

		if (mmap(region->base, region->bytes, PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_FIXED, host.ram_fd, (off_t)region->phys) == MAP_FAILED) {
			ranges_free();
			return -ENOMEM;
		}
		madvise(region->base, region->bytes, MADV_DONTFORK);
	}
	return 0;
}

void host_memory_close(void)
{
	ranges_free();
}

unsigned int km_port_regions(struct km_port_region *ret_regions, unsigned int max)
{
	unsigned int count = RAM_REGIONS < max ? RAM_REGIONS : max;

	for (unsigned int i = 0; i < count; i++)
		ret_regions[i] = host.region[i];
	return count;
}

void *km_port_grab(size_t bytes)
{
	void *got;

	bytes = (bytes + RAM_PAGE - 1) / RAM_PAGE * RAM_PAGE;
	got = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
		   -1, 0);
	return got == MAP_FAILED ? NULL : got;
}

/* Programs and their libraries lie anywhere: one shadow of all of it would be in somebody's way. */
bool km_port_shadow_map(struct km_port_shadow *ret_shadow)
{
	(void)ret_shadow;
	return false;
}

/* Threads are the host's own, and so are their stacks. */
unsigned int km_port_stacks(struct km_port_region *ret_ranges, unsigned int max)
{
	(void)ret_ranges;
	(void)max;
	return 0;
}

bool km_port_vmap_range(uintptr_t *ret_base, size_t *ret_bytes)
{
	*ret_base = (uintptr_t)host.vmap;
	*ret_bytes = vmap_bytes;
	return true;
}

struct km_port_windows km_port_vmap_windows(void)
{
	return (struct km_port_windows){ .count = windows.count, .stride = windows.stride };
}

static bool is_vmap(const void *virt, size_t pages)
{
	size_t offset = (uintptr_t)virt - (uintptr_t)host.vmap;

	return offset % RAM_PAGE == 0 && offset < vmap_bytes &&
	       pages <= (vmap_bytes - offset) / RAM_PAGE;
}

int km_port_map(void *virt, const uint64_t *phys, size_t pages)
{
	size_t mapped = 0;

	if (!is_vmap(virt, pages))
		return -EINVAL;
	while (mapped < pages) {
		char *at = (char *)virt + mapped * RAM_PAGE;
		size_t run = ram_run(host.region, RAM_REGIONS, phys + mapped, pages - mapped);

		if (run && window_holds(&windows, at)) {
			int error = window_phys(&windows, at) != phys[mapped]
					    ? -EINVAL : window_open(&windows, at, run * RAM_PAGE);

			if (error) {
				km_port_unmap(virt, mapped);
				return error;
			}
			mapped += run;
			continue;
		}
		if (!run || mmap(at, run * RAM_PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
				 host.ram_fd, (off_t)phys[mapped]) == MAP_FAILED) {
			km_port_unmap(virt, mapped);
			return run ? -ENOMEM : -EINVAL;
		}
		madvise(at, run * RAM_PAGE, MADV_DONTFORK);
		mapped += run;
	}
	return 0;
}

void km_port_unmap(void *virt, size_t pages)
{
	if (!pages || !is_vmap(virt, pages))
		return;
	if (window_holds(&windows, virt)) {
		window_close(&windows, virt, pages * RAM_PAGE);
		return;
	}
	/*
	 * M1: out of mappings is the one way this fails; the pages then lose their access instead.
	 */
	if (mmap(virt, pages * RAM_PAGE, PROT_NONE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0) == MAP_FAILED)
		mprotect(virt, pages * RAM_PAGE, PROT_NONE);
}

int km_port_guard(void *virt, size_t pages, bool is_closed)
{
	for (unsigned int i = 0; i < RAM_REGIONS; i++) {
		const struct km_port_region *region = &host.region[i];
		size_t offset = (size_t)((char *)virt - (char *)region->base);

		if (offset < region->bytes && offset % RAM_PAGE == 0 &&
		    pages <= (region->bytes - offset) / RAM_PAGE)
			return ram_guard(&windows, virt, pages * RAM_PAGE, is_closed);
	}
	return -EINVAL;
}
