/* SPDX-License-Identifier: MIT */
/* json_text.h - texts and numbers as JSON has them */
#ifndef JSON_TEXT_H
#define JSON_TEXT_H

#include "text.h"

#include <cjson/cJSON.h>

/* How many bytes of well-formed UTF-8 start at @text; 0: none. */
size_t utf8_bytes(const char *text);
/* A copy with '?' for each byte that is not UTF-8; NULL is "". */
char *utf8_clean(const char *text);
/* @value as utf8_clean() leaves it. */
void json_string(cJSON *object, const char *key, const char *value);
/* Exact for all 64 bits, which a double is not. */
void json_number(cJSON *object, const char *key, uint64_t value);
/* On a line of standard output; @object is no more. */
void json_print(cJSON *object);

#endif
