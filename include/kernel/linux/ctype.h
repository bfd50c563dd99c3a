/* SPDX-License-Identifier: MIT */
/* ctype.h - classes of characters, Latin-1, no locale */
#ifndef _LINUX_CTYPE_H
#define _LINUX_CTYPE_H

#include <linux/compiler.h>

#define isascii(c)	(((unsigned char)(c)) <= 0x7f)
#define toascii(c)	(((unsigned char)(c)) & 0x7f)

static inline int isdigit(int c)
{
	return '0' <= c && c <= '9';
}

static inline int __ctype_is_upper(unsigned char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7);
}

static inline int __ctype_is_lower(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 0xdf && c != 0xf7);
}

static inline int __ctype_is_space(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0;
}

static inline int __ctype_is_xdigit(unsigned char c)
{
	return isdigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static inline int __ctype_is_punct(unsigned char c)
{
	if (c > 0xa0)
		return c <= 0xbf || c == 0xd7 || c == 0xf7;
	return c > ' ' && c < 0x7f && !isdigit(c) && !__ctype_is_upper(c) && !__ctype_is_lower(c);
}

#define isupper(c)	__ctype_is_upper(c)
#define islower(c)	__ctype_is_lower(c)
#define isspace(c)	__ctype_is_space(c)
#define isxdigit(c)	__ctype_is_xdigit(c)
#define ispunct(c)	__ctype_is_punct(c)
#define isalpha(c)	(isupper(c) || islower(c))
#define isalnum(c)	(isalpha(c) || isdigit((unsigned char)(c)))
#define isgraph(c)	(isalnum(c) || ispunct(c))
#define isprint(c)	(isgraph(c) || (unsigned char)(c) == ' ' || (unsigned char)(c) == 0xa0)
#define iscntrl(c)	((unsigned char)(c) < 0x20 || (unsigned char)(c) == 0x7f)

static inline unsigned char __tolower(unsigned char c)
{
	return isupper(c) ? (unsigned char)(c + 32) : c;
}

static inline unsigned char __toupper(unsigned char c)
{
	return islower(c) && c != 0xdf && c != 0xff ? (unsigned char)(c - 32) : c;
}

#define tolower(c)	__tolower(c)
#define toupper(c)	__toupper(c)

static inline char _tolower(const char c)
{
	return c | 0x20;
}

static inline int isodigit(const char c)
{
	return c >= '0' && c <= '7';
}

#endif
