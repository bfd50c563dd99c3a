/* SPDX-License-Identifier: MIT */
/*
 * kmsan-checks.h - say what memory counts as written, and ask
 *
 * They do something in the program that `kmalloc check` builds to look for uninitialised memory.
 * Any context.
 */
#ifndef _LINUX_KMSAN_CHECKS_H
#define _LINUX_KMSAN_CHECKS_H

#include <linux/compiler.h>
#include <linux/types.h>

/* The range counts as not written. */
void kmsan_poison_memory(const void *address, size_t size, gfp_t flags) KM_SYM(kmsan_poison_memory);
void kmsan_unpoison_memory(const void *address, size_t size) KM_SYM(kmsan_unpoison_memory);
/* A byte of the range that nobody wrote is a finding of rule uninitialized-read. */
void kmsan_check_memory(const void *address, size_t size) KM_SYM(kmsan_check_memory);

#endif
