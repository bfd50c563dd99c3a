// SPDX-License-Identifier: MIT
/*
 * hex.c - bytes as hexadecimal digits and back; one line of a hex dump
 *
 * No lock, no state.  Nothing here sleeps or allocates.
 */
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/hex.h>
#include <linux/minmax.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/unaligned.h>

const char hex_asc[] = "0123456789abcdef";
const char hex_asc_upper[] = "0123456789ABCDEF";

int hex_to_bin(unsigned char ch)
{
	if (isdigit(ch))
		return ch - '0';
	ch = (u8)_tolower((char)ch);
	return ch >= 'a' && ch <= 'f' ? ch - 'a' + 10 : -1;
}

int hex2bin(u8 *dst, const char *src, size_t count)
{
	while (count--) {
		int high = hex_to_bin((u8)*src++);
		int low = high < 0 ? -1 : hex_to_bin((u8)*src++);

		if (low < 0)
			return -EINVAL;
		*dst++ = (u8)(high << 4 | low);
	}
	return 0;
}

char *bin2hex(char *dst, const void *src, size_t count)
{
	for (const u8 *byte = src; count--; byte++)
		dst = hex_byte_pack(dst, *byte);
	return dst;
}

/* "00:11:22:aa:bb:cc"; *mac is written only if the text is one. */
bool mac_pton(const char *s, u8 *mac)
{
	u8 bytes[6];

	if (strnlen(s, 17) < 17)
		return false;
	for (int i = 0; i < 6; i++) {
		if (hex2bin(&bytes[i], s + 3 * i, 1) || (i < 5 && s[3 * i + 2] != ':'))
			return false;
	}
	memcpy(mac, bytes, sizeof(bytes));
	return true;
}

static u64 group_at(const u8 *bytes, int size)
{
	switch (size) {
	case 8:
		return get_unaligned((const u64 *)bytes);
	case 4:
		return get_unaligned((const u32 *)bytes);
	case 2:
		return get_unaligned((const u16 *)bytes);
	default:
		return *bytes;
	}
}

/**
 * hex_dump_to_buffer() - one line of a hex dump
 * @rowsize:   bytes in a full line: 16 or 32, else 16
 * @groupsize: bytes in a number, in the machine's byte order: 1, 2, 4, 8; 1 if @len is no multiple
 * @ascii:     also as characters, behind column 3 * rowsize (16 bytes: 51)
 *
 * Context: any.   Return: the length the line has, also where @linebuflen cut it.
 */
int hex_dump_to_buffer(const void *buf, size_t len, int rowsize, int groupsize, char *linebuf,
		       size_t linebuflen, bool ascii)
{
	const u8 *bytes = buf;
	int column, at = 0;

	if (rowsize != 32)
		rowsize = 16;
	len = min(len, (size_t)rowsize);
	if (groupsize < 1 || groupsize > 8 || (groupsize & (groupsize - 1)) ||
	    len % (size_t)groupsize)
		groupsize = 1;
	column = rowsize * 2 + rowsize / groupsize + 1;
	if (linebuflen)
		linebuf[0] = '\0';
	if (!len)
		return 0;
	for (size_t i = 0; i < len; i += (size_t)groupsize) {
		const size_t done = min((size_t)at, linebuflen);

		at += snprintf(linebuf + done, linebuflen - done, "%s%0*llx", i ? " " : "",
			       groupsize * 2, group_at(bytes + i, groupsize));
	}
	if (!ascii)
		return at;
	for (; at < column; at++)
		if ((size_t)at + 1 < linebuflen) {
			linebuf[at] = ' ';
			linebuf[at + 1] = '\0';
		}
	for (size_t i = 0; i < len; i++, at++)
		if ((size_t)at + 1 < linebuflen) {
			linebuf[at] = isascii(bytes[i]) && isprint(bytes[i]) ? (char)bytes[i] : '.';
			linebuf[at + 1] = '\0';
		}
	return at;
}
