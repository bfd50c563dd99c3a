/* SPDX-License-Identifier: MIT */
/*
 * access.h - one access of checked code, for the functions that do it in the code's place
 */
#ifndef RULES_ACCESS_H
#define RULES_ACCESS_H

#include <linux/types.h>

/*
 * A place to switch, then: may [start, +bytes) be touched?  Reports if not; @frame is the frame of
 * the function that checked code called.  Return: how many of the bytes, from the first on, may be
 * touched.
 */
size_t access_check(uintptr_t start, size_t bytes, bool is_write, uintptr_t frame);

/* The same for an access whose place to switch was counted already; it may be due. */
void access_slow(uintptr_t start, size_t bytes, bool is_write, uintptr_t frame);

/* The same for one that is no place to switch. */
void access_judge(uintptr_t start, size_t bytes, bool is_write, uintptr_t frame);

struct km_event;
/* KM_POINT_TOUCH: what the library does to memory of its caller; true: it may. */
bool access_touch(const struct km_event *event);

/* left_stack.c: the same for a frame that was left; true: it was told. */
bool left_stack_touch(const struct km_event *event);
void left_stack_boot(void);

#endif
