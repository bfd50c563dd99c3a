/* SPDX-License-Identifier: MIT */
/* hex.h - bytes as hexadecimal digits and back, lines of a hex dump */
#ifndef _LINUX_HEX_H
#define _LINUX_HEX_H

#include <linux/types.h>

extern const char hex_asc[] KM_SYM(hex_asc);
extern const char hex_asc_upper[] KM_SYM(hex_asc_upper);
#define hex_asc_lo(x)	hex_asc[((x) & 0x0f)]
#define hex_asc_hi(x)	hex_asc[((x) & 0xf0) >> 4]
#define hex_asc_upper_lo(x)	hex_asc_upper[((x) & 0x0f)]
#define hex_asc_upper_hi(x)	hex_asc_upper[((x) & 0xf0) >> 4]

static inline char *hex_byte_pack(char *buf, u8 byte)
{
	*buf++ = hex_asc_hi(byte);
	*buf++ = hex_asc_lo(byte);
	return buf;
}

static inline char *hex_byte_pack_upper(char *buf, u8 byte)
{
	*buf++ = hex_asc_upper_hi(byte);
	*buf++ = hex_asc_upper_lo(byte);
	return buf;
}

int hex_to_bin(unsigned char ch) KM_SYM(hex_to_bin);	/* -1: not a digit */
int __must_check hex2bin(u8 *dst, const char *src, size_t count) KM_SYM_OF_TEXT(hex2bin);
char *bin2hex(char *dst, const void *src, size_t count) KM_SYM_OF_TEXT(bin2hex);
int hex_dump_to_buffer(const void *buf, size_t len, int rowsize, int groupsize, char *linebuf,
		       size_t linebuflen, bool ascii) KM_SYM_OF_TEXT(hex_dump_to_buffer);
bool mac_pton(const char *s, u8 *mac) KM_SYM(mac_pton);

#endif
