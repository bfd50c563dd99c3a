// SPDX-License-Identifier: MIT
/*
 * string.c - bytes and text
 *
 * Owns: what linux/string.h declares, but for memcpy, memmove, memset, memcmp and allocated copies.
 * S1  Plain loops, byte by byte: nothing past the text, or past the length given, is read.
 * No lock, no state.  Nothing here sleeps or allocates.
 */
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/string.h>

/* -- memory -- */
void *memchr(const void *s, int c, size_t n)
{
	for (const u8 *at = s; n--; at++)
		if (*at == (u8)c)
			return (void *)at;
	return NULL;
}

/* The first byte that is not @c. */
void *memchr_inv(const void *s, int c, size_t n)
{
	for (const u8 *at = s; n--; at++)
		if (*at != (u8)c)
			return (void *)at;
	return NULL;
}

/* As memchr(), but the end of the area where there is none. */
void *memscan(void *addr, int c, size_t size)
{
	u8 *at = addr;

	while (size-- && *at != (u8)c)
		at++;
	return at;
}

int bcmp(const void *a, const void *b, size_t n)
{
	return memcmp(a, b, n);
}

#define MEMSET_WIDE(name, type)					\
void *name(type *s, type v, size_t count)			\
{								\
	for (type *at = s; count--; at++)			\
		*at = v;					\
	return s;						\
}

MEMSET_WIDE(memset16, u16)
MEMSET_WIDE(memset32, u32)
MEMSET_WIDE(memset64, u64)

ssize_t memory_read_from_buffer(void *to, size_t count, loff_t *ppos, const void *from,
				size_t available)
{
	const loff_t pos = *ppos;

	if (pos < 0)
		return -EINVAL;
	if ((u64)pos >= available)
		return 0;
	count = min(count, available - (size_t)pos);
	memcpy(to, (const u8 *)from + pos, count);
	*ppos = pos + (loff_t)count;
	return (ssize_t)count;
}

void memcpy_and_pad(void *dest, size_t dest_len, const void *src, size_t count, int pad)
{
	const size_t len = min(dest_len, count);

	memcpy(dest, src, len);
	memset((u8 *)dest + len, pad, dest_len - len);
}

/* -- copies -- */
char *stpcpy(char *dest, const char *src)
{
	while ((*dest = *src++))
		dest++;
	return dest;
}

char *strcpy(char *dest, const char *src)
{
	stpcpy(dest, src);
	return dest;
}

/* Zeroes behind the text up to @count; no closing 0 if it fills @count. */
char *strncpy(char *dest, const char *src, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		dest[i] = *src;
		src += *src != 0;
	}
	return dest;
}

char *strcat(char *dest, const char *src)
{
	stpcpy(dest + strlen(dest), src);
	return dest;
}

char *strncat(char *dest, const char *src, size_t count)
{
	char *at = dest + strlen(dest);
	const size_t len = strnlen(src, count);

	memcpy(at, src, len);
	at[len] = '\0';
	return dest;
}

/* The length of the whole; the text is cut to @count - 1. */
size_t strlcat(char *dest, const char *src, size_t count)
{
	const size_t had = strnlen(dest, count), more = strlen(src);

	if (had < count)
		sized_strscpy(dest + had, src, count - had);
	return had + more;
}

ssize_t sized_strscpy(char *dest, const char *src, size_t count)
{
	size_t len;

	if (count == 0 || count > INT_MAX)
		return -E2BIG;
	len = strnlen(src, count);
	memcpy(dest, src, min(len, count - 1));
	dest[min(len, count - 1)] = '\0';
	return len == count ? -E2BIG : (ssize_t)len;
}

ssize_t sized_strscpy_pad(char *dest, const char *src, size_t count)
{
	ssize_t len = sized_strscpy(dest, src, count);

	if (len >= 0)
		memset(dest + len, 0, count - (size_t)len);
	return len;
}

/* -- questions -- */
size_t strlen(const char *s)
{
	return strnlen(s, SIZE_MAX);
}

size_t strnlen(const char *s, size_t count)
{
	const char *at = s;

	while (count-- && *at)
		at++;
	return (size_t)(at - s);
}

int strncmp(const char *a, const char *b, size_t count)
{
	for (; count--; a++, b++) {
		if (*a != *b)
			return (u8)*a < (u8)*b ? -1 : 1;
		if (!*a)
			break;
	}
	return 0;
}

int strcmp(const char *a, const char *b)
{
	return strncmp(a, b, SIZE_MAX);
}

int strncasecmp(const char *a, const char *b, size_t count)
{
	for (; count--; a++, b++) {
		int order = tolower(*a) - tolower(*b);

		if (order || !*a)
			return order;
	}
	return 0;
}

int strcasecmp(const char *a, const char *b)
{
	return strncasecmp(a, b, SIZE_MAX);
}

char *strnchrnul(const char *s, size_t count, int c)
{
	while (count-- && *s && *s != (char)c)
		s++;
	return (char *)s;
}

char *strchrnul(const char *s, int c)
{
	return strnchrnul(s, SIZE_MAX, c);
}

/* The closing 0 counts as a character. */
char *strnchr(const char *s, size_t count, int c)
{
	for (; count--; s++) {
		if (*s == (char)c)
			return (char *)s;
		if (!*s)
			break;
	}
	return NULL;
}

char *strchr(const char *s, int c)
{
	return strnchr(s, SIZE_MAX, c);
}

char *strrchr(const char *s, int c)
{
	/* The final zero may be asked for too. */
	for (size_t at = strlen(s) + 1; at-- > 0;)
		if (s[at] == (char)c)
			return (char *)s + at;
	return NULL;
}

char *strnstr(const char *s, const char *wanted, size_t len)
{
	const size_t want = strlen(wanted);

	len = strnlen(s, len);
	for (; len >= want; len--, s++)
		if (strncmp(s, wanted, want) == 0)
			return (char *)s;
	return NULL;
}

char *strstr(const char *s, const char *wanted)
{
	return strnstr(s, wanted, SIZE_MAX);
}

size_t strspn(const char *s, const char *accept)
{
	size_t len = 0;

	while (s[len] && strchr(accept, s[len]))
		len++;
	return len;
}

size_t strcspn(const char *s, const char *reject)
{
	size_t len = 0;

	while (s[len] && !strchr(reject, s[len]))
		len++;
	return len;
}

char *strpbrk(const char *s, const char *accept)
{
	s += strcspn(s, accept);
	return *s ? (char *)s : NULL;
}

/* -- words in text -- */
char *strsep(char **s, const char *delimiters)
{
	char *word = *s, *end;

	if (!word)
		return NULL;
	end = strpbrk(word, delimiters);
	if (end)
		*end++ = '\0';
	*s = end;
	return word;
}

char *skip_spaces(const char *str)
{
	while (isspace(*str))
		str++;
	return (char *)str;
}

char *strim(char *s)
{
	size_t len = strlen(s);

	while (len && isspace(s[len - 1]))
		len--;
	s[len] = '\0';
	return skip_spaces(s);
}

char *strreplace(char *str, char old, char new)
{
	for (char *at = str; *at; at++)
		if (*at == old)
			*at = new;
	return str;
}

/* Equal but for one newline at the end of either. */
bool sysfs_streq(const char *s1, const char *s2)
{
	while (*s1 && *s1 == *s2) {
		s1++;
		s2++;
	}
	if (*s1 == *s2)
		return true;
	return (!*s1 && *s2 == '\n' && !s2[1]) || (*s1 == '\n' && !s1[1] && !*s2);
}

/* Index of the word; the array may end early with NULL. */
int match_string(const char * const *array, size_t n, const char *string)
{
	for (size_t i = 0; i < n && array[i]; i++)
		if (strcmp(array[i], string) == 0)
			return (int)i;
	return -EINVAL;
}

int __sysfs_match_string(const char * const *array, size_t n, const char *s)
{
	for (size_t i = 0; i < n && array[i]; i++)
		if (sysfs_streq(array[i], s))
			return (int)i;
	return -EINVAL;
}
