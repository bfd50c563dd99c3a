/* SPDX-License-Identifier: MIT */
/* mm_types.h - what our memblock.h expects of ours, where the tests' own headers stand in */
#define KM_SYM(name)	__asm__("km_" #name)
