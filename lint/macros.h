/* SPDX-License-Identifier: MIT */
/*
 * macros.h - what macros of a shape of their own stand for, for spatch to understand the code
 *
 * It looks here where it fails otherwise.  A scope that a guard holds is a block; what frees a
 * variable at its end says nothing of the code (the rules look at the text for it).
 */
#define scoped_guard(args...)
#define scoped_cond_guard(args...)
#define return_ptr(pointer) return no_free_ptr(pointer)
#define __free(function)
