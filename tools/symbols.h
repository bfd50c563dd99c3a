/* SPDX-License-Identifier: MIT */
/* symbols.h - program counters of the checked program as functions, files and lines */
#ifndef SYMBOLS_H
#define SYMBOLS_H

#include "check.h"

enum frame_owner {
	FRAME_USER, /* the module's own files */
	FRAME_HEADER, /* an inline function of a kernel header */
	FRAME_ENGINE, /* the library */
};

struct frame {
	const char *function, *file; /* file as the user named it; never NULL */
	int line, column; /* column 0: not known; bytes from 1 */
	bool is_inlined; /* into the frame after it */
	enum frame_owner owner;
};

#define FRAMES_PER_PC 8

struct symbols;

struct symbols *symbols_open(const struct request *request,
			     const struct build *build); /* NULL: no debug information */
/*
 * Frames at @pc, inlined ones first; how many (at most FRAMES_PER_PC).  Records give return
 * addresses (of a fault, one more than its address), so the place looked up is one byte before.
 */
unsigned int symbols_frames(struct symbols *symbols, uint64_t pc, const struct frame **ret_frames);
/* Name of the variable at @address, kept for the life of the command; NULL: none is there. */
const char *symbols_variable(struct symbols *symbols, uint64_t address);
bool symbols_answers(struct symbols *symbols, uint64_t pc); /* the function there returns a value */
void symbols_close(struct symbols *symbols);

#endif
