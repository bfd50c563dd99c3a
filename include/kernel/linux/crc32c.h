/* SPDX-License-Identifier: MIT */
/* crc32c.h - Castagnoli's checksum */
#ifndef _LINUX_CRC32C_H
#define _LINUX_CRC32C_H

#include <linux/crc32.h>

static inline u32 crc32c(u32 crc, const void *address, unsigned int length)
{
	return __crc32c_le(crc, address, length);
}

#endif
