/* SPDX-License-Identifier: MIT */
/* text.h - text that checked code hands to the library: how much of it is read */
#ifndef RULES_TEXT_H
#define RULES_TEXT_H

#include <linux/types.h>

/* @stop: a byte that is not a character, so that only 0 ends the text */
#define TEXT_NO_STOP	0x100

/*
 * Reads, for @frame's caller, until @stop, 0, or @limit bytes. Return: how many bytes may be read,
 * with the one that ended it.
 */
size_t text_read(const char *s, size_t limit, int stop, uintptr_t frame);
/* The same to the end of the text; false: it has none within what may be read. */
bool text_is_whole(const char *s, uintptr_t frame);
/* Both up to the first difference. Return: how many bytes of both may be read. */
size_t text_compared(const char *a, const char *b, size_t limit, bool folds, uintptr_t frame);

#endif
