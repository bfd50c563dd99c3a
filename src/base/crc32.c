/* SPDX-License-Identifier: MIT */
/*
 * crc32.c - checksums of 32 bits
 *
 * C1  A bit at a time: no table, which is time enough for what drivers sum up here.
 * No lock, no state.  Nothing here sleeps or allocates.
 */
#include <linux/crc32.h>

#define ETHERNET_LE	0xedb88320u	/* the polynomial, lowest power in the highest bit */
#define ETHERNET_BE	0x04c11db7u
#define CASTAGNOLI_LE	0x82f63b78u

static u32 sum_le(u32 crc, const u8 *bytes, size_t len, u32 polynomial)
{
	while (len--) {
		crc ^= *bytes++;
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? polynomial : 0);
	}
	return crc;
}

u32 crc32_le(u32 crc, const void *p, size_t len)
{
	return sum_le(crc, p, len, ETHERNET_LE);
}

u32 __crc32c_le(u32 crc, const void *p, size_t len)
{
	return sum_le(crc, p, len, CASTAGNOLI_LE);
}

u32 crc32_be(u32 crc, const void *p, size_t len)
{
	for (const u8 *byte = p; len--; byte++) {
		crc ^= (u32)*byte << 24;
		for (int bit = 0; bit < 8; bit++)
			crc = crc << 1 ^ (crc >> 31 ? ETHERNET_BE : 0);
	}
	return crc;
}
