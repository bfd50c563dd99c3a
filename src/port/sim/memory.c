// SPDX-License-Identifier: MIT
/*
 * memory.c - RAM, the checkers' memory, and the page table of the simulated machine
 *
 * RAM is one file in memory whose offsets are physical addresses; the linear map shows it at
 * SIM_RAM_BASE + phys, and km_port_map() shows frames of it a second time, so both views are the
 * same memory.
 * The shadow (KM_PORT_SHADOW_OFFSET) lies above all of them, below what the host maps.
 * M1  Each address of the vmap range is mapped to a frame or has no access; it is never free for
 *     others.
 */
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "state.h"
#include <port/common/windows.h>

static struct ram_windows windows;

static bool reserve(uintptr_t base, size_t bytes)
{
	void *got = mmap((void *)base, bytes, PROT_NONE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);

	if (got == (void *)base)
		return true;
	if (got != MAP_FAILED)
		munmap(got, bytes);
	return false;
}

static bool region_map(const struct km_port_region *region)
{
	void *got = mmap(region->base, region->bytes, PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_FIXED_NOREPLACE, sim.ram_fd, (off_t)region->phys);

	if (got == region->base) {
		/* A child would share it with us. */
		madvise(got, region->bytes, MADV_DONTFORK);
		return true;
	}
	if (got != MAP_FAILED)
		munmap(got, region->bytes);
	return false;
}

int sim_memory_open(void)
{
	const struct km_port_region *last;

	ram_lay_out(sim.region, SIM_RAM_BASE, sim.config.mem_bytes);
	sim.region_count = RAM_REGIONS;
	last = &sim.region[sim.region_count - 1];
	sim.ram_fd = memfd_create("kmalloc-sim-ram", MFD_CLOEXEC);
	if (sim.ram_fd < 0)
		return -errno;
	if (ftruncate(sim.ram_fd, (off_t)(last->phys + last->bytes))) {
		sim_complain("sim: cannot make a file in memory of the size of RAM");
		close(sim.ram_fd);
		return -ENOMEM;
	}
	for (unsigned int i = 0; i < sim.region_count; i++)
		if (!region_map(&sim.region[i]))
			goto out_taken;
	sim.vmap_bytes = SIM_VMAP_BYTES +
			 windows_plan(&windows, sim.ram_fd, last->phys + last->bytes);
	windows.base = (char *)SIM_VMAP_BASE;
	if (!reserve(SIM_GRAB_BASE, SIM_GRAB_BYTES) || !reserve(SIM_VMAP_BASE, sim.vmap_bytes))
		goto out_taken;
	sim.grab_next = SIM_GRAB_BASE;
	return 0;

out_taken:
	sim_complain("sim: an address range of the simulated machine is taken");
	sim_memory_close();
	return -ENOMEM;
}

void sim_memory_close(void)
{
	for (unsigned int i = 0; i < sim.region_count; i++)
		munmap(sim.region[i].base, sim.region[i].bytes);
	munmap((void *)SIM_GRAB_BASE, SIM_GRAB_BYTES);
	munmap((void *)SIM_VMAP_BASE, sim.vmap_bytes ? sim.vmap_bytes : SIM_VMAP_BYTES);
	if (sim.has_shadow)
		munmap((void *)SIM_SHADOW_BASE, SIM_SHADOW_BYTES);
	sim.has_shadow = false;
	windows_end(&windows);
	close(sim.ram_fd);
	sim.region_count = 0;
}

unsigned int km_port_regions(struct km_port_region *ret_regions, unsigned int max)
{
	unsigned int count = sim.region_count < max ? sim.region_count : max;

	for (unsigned int i = 0; i < count; i++)
		ret_regions[i] = sim.region[i];
	return count;
}

void *km_port_grab(size_t bytes)
{
	void *got = (void *)sim.grab_next;

	if (!sim.is_up || bytes > SIM_GRAB_BASE + SIM_GRAB_BYTES - sim.grab_next)
		return NULL;
	bytes = (bytes + SIM_PAGE - 1) / SIM_PAGE * SIM_PAGE;
	if (mprotect(got, bytes, PROT_READ | PROT_WRITE))
		return NULL;
	sim.grab_next += bytes;
	return got;
}

/* The shadow of half the address space is only reserved: pages exist where something is noted. */
bool km_port_shadow_map(struct km_port_shadow *ret_shadow)
{
	void *want = (void *)SIM_SHADOW_BASE, *got = want;

	if (!sim.has_shadow)
		got = mmap(want, SIM_SHADOW_BYTES, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1,
			   0);
	if (got != want) {
		if (got != MAP_FAILED)
			munmap(got, SIM_SHADOW_BYTES);
		return false;
	}
	if (!sim.has_shadow)
		madvise(got, SIM_SHADOW_BYTES, MADV_NOHUGEPAGE);
	sim.has_shadow = true;
	ret_shadow->offset = KM_PORT_SHADOW_OFFSET;
	ret_shadow->limit = KM_PORT_SHADOW_LIMIT;
	ret_shadow->asks = sim.config.explore;
	return true;
}

void sim_shadow_clear(uintptr_t start, size_t bytes)
{
	if (sim.has_shadow)
		madvise((void *)((start >> 3) + KM_PORT_SHADOW_OFFSET), bytes >> 3, MADV_DONTNEED);
}

unsigned int km_port_stacks(struct km_port_region *ret_ranges, unsigned int max)
{
	const struct km_port_region all[] = {
		{ .base = (void *)SIM_SLOT_BASE, .bytes = SIM_MAX_THREADS * SIM_SLOT_BYTES },
		{ .base = (void *)SIM_MAIN_STACK_BASE, .bytes = SIM_MAIN_STACK_BYTES },
	};
	unsigned int count = sizeof(all) / sizeof(all[0]);

	if (count > max)
		count = max;
	for (unsigned int i = 0; i < count; i++)
		ret_ranges[i] = all[i];
	return count;
}

bool km_port_vmap_range(uintptr_t *ret_base, size_t *ret_bytes)
{
	*ret_base = SIM_VMAP_BASE;
	*ret_bytes = sim.vmap_bytes;
	return true;
}

struct km_port_windows km_port_vmap_windows(void)
{
	return (struct km_port_windows){ .count = windows.count, .stride = windows.stride };
}

static bool is_vmap(const void *virt, size_t pages)
{
	uintptr_t at = (uintptr_t)virt;

	return at % SIM_PAGE == 0 && at >= SIM_VMAP_BASE && at < SIM_VMAP_BASE + sim.vmap_bytes &&
	       pages <= (SIM_VMAP_BASE + sim.vmap_bytes - at) / SIM_PAGE;
}

int km_port_map(void *virt, const uint64_t *phys, size_t pages)
{
	size_t mapped = 0;

	if (!is_vmap(virt, pages))
		return -EINVAL;
	while (mapped < pages) {
		char *at = (char *)virt + mapped * SIM_PAGE;
		size_t run = ram_run(sim.region, sim.region_count, phys + mapped, pages - mapped);

		if (run && window_holds(&windows, at)) {
			int error = window_phys(&windows, at) != phys[mapped]
					    ? -EINVAL : window_open(&windows, at, run * SIM_PAGE);

			if (error) {
				km_port_unmap(virt, mapped);
				return error;
			}
			mapped += run;
			continue;
		}
		if (!run || mmap(at, run * SIM_PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
				 sim.ram_fd, (off_t)phys[mapped]) == MAP_FAILED) {
			km_port_unmap(virt, mapped);
			return run ? -ENOMEM : -EINVAL;
		}
		madvise(at, run * SIM_PAGE, MADV_DONTFORK);
		mapped += run;
	}
	return 0;
}

void km_port_unmap(void *virt, size_t pages)
{
	if (!pages || !is_vmap(virt, pages))
		return;
	if (window_holds(&windows, virt)) {
		window_close(&windows, virt, pages * SIM_PAGE);
		return;
	}
	/*
	 * M1: out of mappings is the one way this fails; the pages then lose their access instead.
	 */
	if (mmap(virt, pages * SIM_PAGE, PROT_NONE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0) == MAP_FAILED)
		mprotect(virt, pages * SIM_PAGE, PROT_NONE);
}

int km_port_guard(void *virt, size_t pages, bool is_closed)
{
	for (unsigned int i = 0; i < sim.region_count; i++) {
		const struct km_port_region *region = &sim.region[i];
		size_t offset = (size_t)((char *)virt - (char *)region->base);

		if (offset < region->bytes && offset % RAM_PAGE == 0 &&
		    pages <= (region->bytes - offset) / RAM_PAGE)
			return ram_guard(&windows, virt, pages * RAM_PAGE, is_closed);
	}
	return -EINVAL;
}
