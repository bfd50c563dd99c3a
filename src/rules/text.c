// SPDX-License-Identifier: MIT
/*
 * text.c - rules out-of-bounds and use-after-free: the text functions that checked code calls
 *
 * Owns: km_checked_*, the names that linux/string.h, sprintf.h, sysfs.h and seq_file.h give these
 * functions in instrumented code.  base, kapi and fs do the work; here is which bytes it touches.
 * X1  Exactly the bytes that Linux's plain loop would read count as read: a search ends where it
 *     finds.
 * X2  Nothing is read past the first byte that may not be touched, and nothing is written there.
 * No lock.  Nothing here sleeps or allocates.
 */
#include <linux/container_of.h>
#include <linux/ctype.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/seq_file.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "base/fmt.h"
#include "base/scan.h"
#include "kapi/sysfs.h"
#include "rules/access.h"
#include "rules/rules.h"
#include "rules/shadow.h"
#include "rules/text.h"

/* km_port_effort() of printing into a buffer: measured, then printed */
#define PRINT_NS	250
#define PRINTED_NS	20

#define TEXT_FRAME()	((uintptr_t)__builtin_frame_address(0))

static bool may_read(const char *at)
{
	uint8_t code;

	return !crash_is_hopeless((uintptr_t)at) &&
	       (!shadow_is_on() || shadow_bad_byte((uintptr_t)at, 1, &code) == 0);
}

/*
 * Bytes read until @stop, 0 if @ends_at_zero, or @limit; with the one that ended it, also if it
 * must not be read (X2).
 */
static size_t extent(const char *s, size_t limit, int stop, bool ends_at_zero)
{
	for (size_t i = 0; i < limit; i++)
		if (!may_read(s + i) || (u8)s[i] == stop || (ends_at_zero && !s[i]))
			return i + 1;
	return limit;
}

size_t text_read(const char *s, size_t limit, int stop, uintptr_t frame)
{
	return access_check((uintptr_t)s, extent(s, limit, stop, true), false, frame);
}

/* The length of text of which so many bytes, with its 0 if it has one, are known. */
static size_t length_in(const char *s, size_t bytes)
{
	return bytes && !s[bytes - 1] ? bytes - 1 : bytes;
}

bool text_is_whole(const char *s, uintptr_t frame)
{
	const size_t bytes = text_read(s, SIZE_MAX >> 1, TEXT_NO_STOP, frame);

	return bytes && !s[bytes - 1];
}

size_t km_checked_strnlen(const char *s, size_t count);
size_t km_checked_strnlen(const char *s, size_t count)
{
	return length_in(s, text_read(s, count, TEXT_NO_STOP, TEXT_FRAME()));
}

size_t km_checked_strlen(const char *s);
size_t km_checked_strlen(const char *s)
{
	return length_in(s, text_read(s, SIZE_MAX >> 1, TEXT_NO_STOP, TEXT_FRAME()));
}

/* -- comparisons: both are read up to the first difference -- */
size_t text_compared(const char *a, const char *b, size_t limit, bool folds, uintptr_t frame)
{
	size_t i = 0, left;

	while (i < limit && may_read(a + i) && may_read(b + i) && a[i] &&
	       (folds ? tolower(a[i]) == tolower(b[i]) : a[i] == b[i]))
		i++;
	i = min(i + 1, limit);
	left = access_check((uintptr_t)a, i, false, frame);
	return min(left, access_check((uintptr_t)b, i, false, frame));
}

#define CHECKED_COMPARE(name, folds, limited)							\
	int km_checked_##name(const char *a, const char *b);					\
	int km_checked_##name(const char *a, const char *b)					\
	{											\
		return limited(a, b, text_compared(a, b, SIZE_MAX >> 1, folds, TEXT_FRAME()));	\
	}											\
	int km_checked_##limited(const char *a, const char *b, size_t count);			\
	int km_checked_##limited(const char *a, const char *b, size_t count)			\
	{											\
		return limited(a, b, text_compared(a, b, count, folds, TEXT_FRAME()));		\
	}
CHECKED_COMPARE(strcmp, false, strncmp)
CHECKED_COMPARE(strcasecmp, true, strncasecmp)

/* -- searches -- */
char *km_checked_strnchr(const char *s, size_t count, int c);
char *km_checked_strnchr(const char *s, size_t count, int c)
{
	return strnchr(s, text_read(s, count, (u8)c, TEXT_FRAME()), c);
}

char *km_checked_strchr(const char *s, int c);
char *km_checked_strchr(const char *s, int c)
{
	return strnchr(s, text_read(s, SIZE_MAX >> 1, (u8)c, TEXT_FRAME()), c);
}

char *km_checked_strrchr(const char *s, int c);
char *km_checked_strrchr(const char *s, int c)
{
	for (size_t i = text_read(s, SIZE_MAX >> 1, TEXT_NO_STOP, TEXT_FRAME()); i-- > 0;)
		if (s[i] == (char)c)
			return (char *)s + i;
	return NULL;
}

char *km_checked_strstr(const char *s, const char *wanted);
char *km_checked_strstr(const char *s, const char *wanted)
{
	size_t bytes = text_read(s, SIZE_MAX >> 1, TEXT_NO_STOP, TEXT_FRAME());
	size_t want = text_read(wanted, SIZE_MAX >> 1, TEXT_NO_STOP, TEXT_FRAME());

	if (!want || wanted[want - 1])
		return NULL;
	return strnstr(s, wanted, bytes);
}

void *km_checked_memchr(const void *s, int c, size_t count);
void *km_checked_memchr(const void *s, int c, size_t count)
{
	return memchr(s, c, access_check((uintptr_t)s, extent(s, count, (u8)c, false), false,
					 TEXT_FRAME()));
}

void *km_checked_memchr_inv(const void *s, int c, size_t count);
void *km_checked_memchr_inv(const void *s, int c, size_t count)
{
	return memchr_inv(s, c, access_check((uintptr_t)s, count, false, TEXT_FRAME()));
}

/* -- copies: what is read, then what is written -- */

/* @bytes of @src, the last one replaced by 0 if @is_cut, go where they may. */
static void put_text(char *dest, const char *src, size_t bytes, bool is_cut, uintptr_t frame)
{
	const size_t allowed = access_check((uintptr_t)dest, bytes, true, frame);

	__builtin_memmove(dest, src, is_cut && allowed == bytes && bytes ? bytes - 1 : allowed);
	if (is_cut && allowed == bytes && bytes)
		dest[bytes - 1] = '\0';
}

char *km_checked_strcpy(char *dest, const char *src);
char *km_checked_strcpy(char *dest, const char *src)
{
	put_text(dest, src, text_read(src, SIZE_MAX >> 1, TEXT_NO_STOP, TEXT_FRAME()), false,
		 TEXT_FRAME());
	return dest;
}

char *km_checked_strncpy(char *dest, const char *src, size_t count);
char *km_checked_strncpy(char *dest, const char *src, size_t count)
{
	const size_t bytes = text_read(src, count, TEXT_NO_STOP, TEXT_FRAME());
	const size_t allowed = access_check((uintptr_t)dest, count, true, TEXT_FRAME());

	__builtin_memmove(dest, src, min(bytes, allowed));
	if (allowed > bytes)
		__builtin_memset(dest + bytes, 0, allowed - bytes);
	return dest;
}

char *km_checked_strncat(char *dest, const char *src, size_t count);
char *km_checked_strncat(char *dest, const char *src, size_t count)
{
	const size_t had = length_in(dest, text_read(dest, SIZE_MAX >> 1, TEXT_NO_STOP,
						     TEXT_FRAME()));
	const size_t more = length_in(src, text_read(src, count, TEXT_NO_STOP, TEXT_FRAME()));

	put_text(dest + had, src, more + 1, true, TEXT_FRAME());
	return dest;
}

char *km_checked_strcat(char *dest, const char *src);
char *km_checked_strcat(char *dest, const char *src)
{
	const size_t had = length_in(dest, text_read(dest, SIZE_MAX >> 1, TEXT_NO_STOP,
						     TEXT_FRAME()));
	const size_t bytes = text_read(src, SIZE_MAX >> 1, TEXT_NO_STOP, TEXT_FRAME());

	put_text(dest + had, src, bytes, false, TEXT_FRAME());
	return dest;
}

size_t km_checked_strlcat(char *dest, const char *src, size_t count);
size_t km_checked_strlcat(char *dest, const char *src, size_t count)
{
	const size_t had = length_in(dest, text_read(dest, count, TEXT_NO_STOP, TEXT_FRAME()));
	const size_t more = length_in(src, text_read(src, SIZE_MAX >> 1, TEXT_NO_STOP,
						     TEXT_FRAME()));

	if (had < count)
		put_text(dest + had, src, min(more + 1, count - had), true, TEXT_FRAME());
	return had + more;
}

ssize_t km_checked_sized_strscpy(char *dest, const char *src, size_t count);
ssize_t km_checked_sized_strscpy(char *dest, const char *src, size_t count)
{
	size_t len;

	if (count == 0 || count > INT_MAX)
		return -E2BIG;
	len = length_in(src, text_read(src, count, TEXT_NO_STOP, TEXT_FRAME()));
	put_text(dest, src, min(len + 1, count), true, TEXT_FRAME());
	return len == count ? -E2BIG : (ssize_t)len;
}

ssize_t km_checked_sized_strscpy_pad(char *dest, const char *src, size_t count);
ssize_t km_checked_sized_strscpy_pad(char *dest, const char *src, size_t count)
{
	size_t len, allowed;

	if (count == 0 || count > INT_MAX)
		return -E2BIG;
	len = length_in(src, text_read(src, count, TEXT_NO_STOP, TEXT_FRAME()));
	allowed = access_check((uintptr_t)dest, count, true, TEXT_FRAME());
	__builtin_memset(dest, 0, allowed);
	__builtin_memmove(dest, src, min3(len, count - 1, allowed));
	return len == count ? -E2BIG : (ssize_t)len;
}

/*
 * -- formatted text is made twice, the first time only to see what is read and how long it gets --
 */
struct framed_reader {
	struct fmt_reader reader;
	uintptr_t frame;
};

static uintptr_t frame_of(struct fmt_reader *reader)
{
	return container_of(reader, struct framed_reader, reader)->frame;
}

static size_t see_text(struct fmt_reader *reader, const char *text, size_t limit)
{
	return text_read(text, limit, TEXT_NO_STOP, frame_of(reader));
}

static size_t see_bytes(struct fmt_reader *reader, const void *start, size_t bytes)
{
	return access_check((uintptr_t)start, bytes, false, frame_of(reader));
}

static int measure(const char *fmt, va_list args, uintptr_t frame)
{
	struct framed_reader framed = { { see_text, see_bytes }, frame };

	return fmt_measure(&framed.reader, fmt, args);
}

static int print_checked(char *buf, size_t size, const char *fmt, va_list args, uintptr_t frame)
{
	va_list again;
	size_t bytes, allowed;
	int len;

	if (size > INT_MAX)
		return 0;
	va_copy(again, args);
	len = measure(fmt, again, frame);
	va_end(again);
	bytes = min((size_t)len + 1, size);
	km_port_effort(PRINT_NS + bytes * PRINTED_NS);
	allowed = access_check((uintptr_t)buf, bytes, true, frame);
	vsnprintf(buf, allowed < bytes ? allowed : size, fmt, args);
	return len;
}

static int cut(int len, size_t size)
{
	return (size_t)len < size ? len : size ? (int)size - 1 : 0;
}

int km_checked_vsnprintf(char *buf, size_t size, const char *fmt, va_list args);
int km_checked_vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	return print_checked(buf, size, fmt, args, TEXT_FRAME());
}

int km_checked_vscnprintf(char *buf, size_t size, const char *fmt, va_list args);
int km_checked_vscnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	return cut(print_checked(buf, size, fmt, args, TEXT_FRAME()), size);
}

int km_checked_vsprintf(char *buf, const char *fmt, va_list args);
int km_checked_vsprintf(char *buf, const char *fmt, va_list args)
{
	return print_checked(buf, INT_MAX, fmt, args, TEXT_FRAME());
}

int km_checked_snprintf(char *buf, size_t size, const char *fmt, ...);
int km_checked_snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = print_checked(buf, size, fmt, args, TEXT_FRAME());
	va_end(args);
	return len;
}

int km_checked_scnprintf(char *buf, size_t size, const char *fmt, ...);
int km_checked_scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = cut(print_checked(buf, size, fmt, args, TEXT_FRAME()), size);
	va_end(args);
	return len;
}

int km_checked_sprintf(char *buf, const char *fmt, ...);
int km_checked_sprintf(char *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = print_checked(buf, INT_MAX, fmt, args, TEXT_FRAME());
	va_end(args);
	return len;
}

/* -- sscanf() asks as it goes -- */
struct framed_watcher {
	struct scan_watcher watcher;
	uintptr_t frame;
};

static bool may_scan(const struct scan_watcher *watcher, const void *at, size_t bytes, bool writes)
{
	const struct framed_watcher *framed = container_of(watcher, struct framed_watcher, watcher);

	return access_check((uintptr_t)at, bytes, writes, framed->frame) == bytes;
}

int km_checked_vsscanf(const char *buf, const char *fmt, va_list args);
int km_checked_vsscanf(const char *buf, const char *fmt, va_list args)
{
	const struct framed_watcher framed = { { may_scan }, TEXT_FRAME() };

	return scan_text(&framed.watcher, buf, fmt, args);
}

int km_checked_sscanf(const char *buf, const char *fmt, ...);
int km_checked_sscanf(const char *buf, const char *fmt, ...)
{
	const struct framed_watcher framed = { { may_scan }, TEXT_FRAME() };
	va_list args;
	int stored;

	va_start(args, fmt);
	stored = scan_text(&framed.watcher, buf, fmt, args);
	va_end(args);
	return stored;
}

int km_checked_sysfs_emit(char *buf, const char *fmt, ...);
int km_checked_sysfs_emit(char *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	if (!sysfs_takes("sysfs_emit", buf, 0))
		return 0;
	va_start(args, fmt);
	len = cut(print_checked(buf, PAGE_SIZE, fmt, args, TEXT_FRAME()), PAGE_SIZE);
	va_end(args);
	return len;
}

int km_checked_sysfs_emit_at(char *buf, int at, const char *fmt, ...);
int km_checked_sysfs_emit_at(char *buf, int at, const char *fmt, ...)
{
	va_list args;
	int len;

	if (!sysfs_takes("sysfs_emit_at", buf, at))
		return 0;
	va_start(args, fmt);
	len = cut(print_checked(buf + at, PAGE_SIZE - at, fmt, args, TEXT_FRAME()),
		  PAGE_SIZE - at);
	va_end(args);
	return len;
}

void km_checked_seq_printf(struct seq_file *m, const char *fmt, ...);
void km_checked_seq_printf(struct seq_file *m, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	measure(fmt, args, TEXT_FRAME());
	va_end(args);
	va_start(args, fmt);
	seq_vprintf(m, fmt, args);
	va_end(args);
}

void km_checked_seq_puts(struct seq_file *m, const char *s);
void km_checked_seq_puts(struct seq_file *m, const char *s)
{
	text_read(s, SIZE_MAX, TEXT_NO_STOP, TEXT_FRAME());
	seq_puts(m, s);
}

int km_checked__printk(const char *fmt, ...);
int km_checked__printk(const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	measure(fmt, args, TEXT_FRAME());
	va_end(args);
	va_start(args, fmt);
	len = vprintk(fmt, args);
	va_end(args);
	return len;
}
