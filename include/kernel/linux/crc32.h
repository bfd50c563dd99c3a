/* SPDX-License-Identifier: MIT */
/* crc32.h - checksums of 32 bits: the polynomial of Ethernet, both ways round, and Castagnoli's */
#ifndef _LINUX_CRC32_H
#define _LINUX_CRC32_H

#include <linux/types.h>

/* Neither complements @crc, before or after. */
u32 crc32_le(u32 crc, const void *p, size_t len) KM_SYM_OF_TEXT(crc32_le);
u32 crc32_be(u32 crc, const void *p, size_t len) KM_SYM_OF_TEXT(crc32_be);
u32 __crc32c_le(u32 crc, const void *p, size_t len) KM_SYM_OF_TEXT(__crc32c_le);

#define crc32(seed, data, length)	crc32_le(seed, data, length)
#define ether_crc_le(length, data)	crc32_le(~0, data, length)

#endif
