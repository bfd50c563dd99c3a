/* SPDX-License-Identifier: MIT */
/* object.h - what an object file has: names of symbols, bytes of a section */
#ifndef OBJECT_H
#define OBJECT_H

#include "text.h"

/* Names of the undefined symbols. */
struct words object_undefined(const char *path);
/* Names of the symbols in the section. */
struct words object_symbols_in(const char *path, const char *section);
/* The texts that the section consists of. */
struct words object_texts(const char *path, const char *section);

#endif
