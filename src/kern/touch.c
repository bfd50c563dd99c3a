/* SPDX-License-Identifier: MIT */
/*
 * touch.c - texts that the library is handed: names, formats and what their arguments point at
 *
 * Owns: nothing.
 * T1  A text is told of up to its closing 0; where that lies outside of what may be read, the first
 *     byte that may not be is where a rule will point.
 * Nothing here sleeps, allocates or takes a lock.
 */
#include <linux/container_of.h>
#include <linux/string.h>
#include <base/fmt.h>
#include <kern/tell.h>

struct asked_reader {
	struct fmt_reader reader;
	const struct asker *asker;
};

static const struct asker *asker_of(struct fmt_reader *reader)
{
	return container_of(reader, struct asked_reader, reader)->asker;
}

static size_t see_text(struct fmt_reader *reader, const char *text, size_t limit)
{
	size_t length = strnlen(text, limit), bytes = length < limit ? length + 1 : length;

	return touch_for(asker_of(reader), text, bytes, false) ? bytes : 0;
}

static size_t see_bytes(struct fmt_reader *reader, const void *start, size_t bytes)
{
	return touch_for(asker_of(reader), start, bytes, false) ? bytes : 0;
}

void touch_text(const struct asker *asker, const char *text)
{
	if (text && watch_wants(KM_POINT_TOUCH))
		touch_for(asker, text, strlen(text) + 1, false);
}

void touch_format(const struct asker *asker, const char *format, va_list args)
{
	struct asked_reader asked = { { see_text, see_bytes }, asker };
	va_list copy;

	if (!format || !watch_wants(KM_POINT_TOUCH) || !watch_is_outer())
		return;
	touch_text(asker, format);
	va_copy(copy, args);
	fmt_measure(&asked.reader, format, copy);
	va_end(copy);
}
