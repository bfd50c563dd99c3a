/* SPDX-License-Identifier: MIT */
/*
 * depth.h - the look at the stack that each function of checked code takes
 */
#ifndef RULES_DEPTH_H
#define RULES_DEPTH_H

#include "rules/rules.h"

extern size_t km_depth_limit;	/* SIZE_MAX: nobody asks */

/* @frame: of a function that checked code called */
void depth_passed(uintptr_t frame);

/* Does the stack that ends at @here need more than the limit? */
static inline bool depth_is_passed(uintptr_t here)
{
	return km_port_self()->stack_base - here > km_depth_limit;
}

/* Where the stack ends now; without a frame where that can be had. */
#if defined(__x86_64__)
static inline uintptr_t depth_here(void)
{
	uintptr_t here;

	__asm__("movq %%rsp, %0" : "=r"(here));
	return here;
}
#elif defined(__aarch64__)
static inline uintptr_t depth_here(void)
{
	uintptr_t here;

	__asm__("mov %0, sp" : "=r"(here));
	return here;
}
#else
static inline uintptr_t depth_here(void)
{
	return (uintptr_t)__builtin_frame_address(0);
}
#endif

#endif
