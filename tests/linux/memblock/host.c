/* SPDX-License-Identifier: MIT */
/*
 * host.c - the machine below memblock, for Linux's tests of it: physical addresses are pointers
 *
 * Linked with the four files of memblock and the tests; the rest of the page room is not there.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

uint64_t km_virt_to_phys(const volatile void *address)
{
	return (uintptr_t)address;
}

void *km_phys_to_virt(uint64_t phys)
{
	return (void *)(uintptr_t)phys;
}

/* The tests call late only where they say that slab is up, and none does. */
bool memblock_is_over(void)
{
	return false;
}

void *memblock_late_alloc(uint64_t bytes)
{
	abort();
}

void km_memblock_free_late(uint64_t base, uint64_t bytes)
{
	abort();
}

int km__printk(const char *format, ...)
{
	return 0;
}

int km_snprintf(char *out, size_t bytes, const char *format, ...)
{
	va_list args;
	int written;

	va_start(args, format);
	written = vsnprintf(out, bytes, format, args);
	va_end(args);
	return written;
}

int km____ratelimit(void *limit, const char *function)
{
	return 1;
}

void km_dump_stack(void)
{
}

void km_warn_at(void)
{
	abort();
}
