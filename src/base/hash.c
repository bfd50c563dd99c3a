// SPDX-License-Identifier: MIT
/*
 * hash.c - hashes of keys (Jenkins, public domain) and of names
 *
 * No lock, no state.  Nothing here sleeps or allocates.
 */
#include <linux/jhash.h>
#include <linux/stringhash.h>
#include <linux/unaligned.h>

u32 jhash(const void *key, u32 length, u32 initval)
{
	const u8 *k = key;
	u32 a = JHASH_INITVAL + length + initval, b = a, c = a, tail[3] = { 0, 0, 0 };

	for (; length > 12; length -= 12, k += 12) {
		a += get_unaligned_le32(k);
		b += get_unaligned_le32(k + 4);
		c += get_unaligned_le32(k + 8);
		__jhash_mix(a, b, c);
	}
	if (!length)
		return c;
	for (u32 i = 0; i < length; i++)
		tail[i / 4] |= (u32)k[i] << (8 * (i % 4));
	a += tail[0];
	b += tail[1];
	c += tail[2];
	__jhash_final(a, b, c);
	return c;
}

u32 jhash2(const u32 *k, u32 length, u32 initval)
{
	u32 a = JHASH_INITVAL + (length << 2) + initval, b = a, c = a;

	for (; length > 3; length -= 3, k += 3) {
		a += k[0];
		b += k[1];
		c += k[2];
		__jhash_mix(a, b, c);
	}
	if (!length)
		return c;
	a += k[0];
	b += length > 1 ? k[1] : 0;
	c += length > 2 ? k[2] : 0;
	__jhash_final(a, b, c);
	return c;
}

unsigned int full_name_hash(const void *salt, const char *name, unsigned int len)
{
	unsigned long hash = init_name_hash(salt);

	while (len--)
		hash = partial_name_hash((u8)*name++, hash);
	return end_name_hash(hash);
}

u64 hashlen_string(const void *salt, const char *name)
{
	unsigned long hash = init_name_hash(salt);
	u32 len = 0;

	for (; name[len]; len++)
		hash = partial_name_hash((u8)name[len], hash);
	return hashlen_create(end_name_hash(hash), len);
}
