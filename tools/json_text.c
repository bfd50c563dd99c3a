/* SPDX-License-Identifier: MIT */
/*
 * json_text.c - texts and numbers as JSON has them
 *
 * Names, paths and source lines come from the module: what is not UTF-8 would not be JSON.
 */
#include "json_text.h"

#include <stdio.h>
#include <stdlib.h>

size_t utf8_bytes(const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	size_t bytes = at[0] < 0x80		? 1
		       : (at[0] & 0xe0) == 0xc0 ? 2
		       : (at[0] & 0xf0) == 0xe0 ? 3
		       : (at[0] & 0xf8) == 0xf0 ? 4
						: 0;

	if (at[0] == 0xc0 || at[0] == 0xc1 || at[0] > 0xf4)
		return 0;
	for (size_t i = 1; i < bytes; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	if ((at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f) ||
	    (at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f))
		return 0;
	return bytes;
}

char *utf8_clean(const char *text)
{
	struct text clean = { 0 };

	while (text && *text) {
		size_t bytes = utf8_bytes(text);

		text_put(&clean, bytes ? text : "?", bytes ? bytes : 1);
		text += bytes ? bytes : 1;
	}
	return clean.data ? clean.data : need_copy("");
}

void json_string(cJSON *object, const char *key, const char *value)
{
	char *clean = utf8_clean(value);

	cJSON_AddStringToObject(object, key, clean);
	free(clean);
}

void json_number(cJSON *object, const char *key, uint64_t value)
{
	char *digits = text_format("%llu", (unsigned long long)value);

	cJSON_AddRawToObject(object, key, digits);
	free(digits);
}

void json_print(cJSON *object)
{
	char *line = cJSON_PrintUnformatted(object);

	if (line)
		puts(line);
	free(line);
	cJSON_Delete(object);
}
