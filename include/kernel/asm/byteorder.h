/* SPDX-License-Identifier: MIT */
/* byteorder.h - between the machine's byte order (little) and a named one */
#ifndef _ASM_BYTEORDER_H
#define _ASM_BYTEORDER_H

#include <linux/swab.h>
#include <linux/types.h>

#define __LITTLE_ENDIAN		1234
#define __LITTLE_ENDIAN_BITFIELD
#define __BYTE_ORDER		__LITTLE_ENDIAN

#define cpu_to_le16(x)	((__force __le16)(__u16)(x))
#define le16_to_cpu(x)	((__force __u16)(__le16)(x))
#define __cpu_to_le16(x)	cpu_to_le16(x)
#define __le16_to_cpu(x)	le16_to_cpu(x)
#define __constant_cpu_to_le16(x)	cpu_to_le16(x)
#define __constant_le16_to_cpu(x)	le16_to_cpu(x)
#define cpu_to_le32(x)	((__force __le32)(__u32)(x))
#define le32_to_cpu(x)	((__force __u32)(__le32)(x))
#define __cpu_to_le32(x)	cpu_to_le32(x)
#define __le32_to_cpu(x)	le32_to_cpu(x)
#define __constant_cpu_to_le32(x)	cpu_to_le32(x)
#define __constant_le32_to_cpu(x)	le32_to_cpu(x)
#define cpu_to_le64(x)	((__force __le64)(__u64)(x))
#define le64_to_cpu(x)	((__force __u64)(__le64)(x))
#define __cpu_to_le64(x)	cpu_to_le64(x)
#define __le64_to_cpu(x)	le64_to_cpu(x)
#define __constant_cpu_to_le64(x)	cpu_to_le64(x)
#define __constant_le64_to_cpu(x)	le64_to_cpu(x)

static inline __le16 cpu_to_le16p(const __u16 *p)
{
	return cpu_to_le16(*p);
}

static inline __u16 le16_to_cpup(const __le16 *p)
{
	return le16_to_cpu(*p);
}

static inline void le16_add_cpu(__le16 *var, u16 val)
{
	*var = cpu_to_le16((__u16)(le16_to_cpu(*var) + val));
}

#define cpu_to_le16s(x)	do { (void)(x); } while (0)
#define le16_to_cpus(x)	do { (void)(x); } while (0)

static inline __le32 cpu_to_le32p(const __u32 *p)
{
	return cpu_to_le32(*p);
}

static inline __u32 le32_to_cpup(const __le32 *p)
{
	return le32_to_cpu(*p);
}

static inline void le32_add_cpu(__le32 *var, u32 val)
{
	*var = cpu_to_le32((__u32)(le32_to_cpu(*var) + val));
}

#define cpu_to_le32s(x)	do { (void)(x); } while (0)
#define le32_to_cpus(x)	do { (void)(x); } while (0)

static inline __le64 cpu_to_le64p(const __u64 *p)
{
	return cpu_to_le64(*p);
}

static inline __u64 le64_to_cpup(const __le64 *p)
{
	return le64_to_cpu(*p);
}

static inline void le64_add_cpu(__le64 *var, u64 val)
{
	*var = cpu_to_le64((__u64)(le64_to_cpu(*var) + val));
}

#define cpu_to_le64s(x)	do { (void)(x); } while (0)
#define le64_to_cpus(x)	do { (void)(x); } while (0)

static inline void cpu_to_le32_array(__le32 *dst, const u32 *src, size_t len)
{
	for (size_t i = 0; i < len; i++)
		dst[i] = cpu_to_le32(src[i]);
}

static inline void le32_to_cpu_array(u32 *dst, const __le32 *src, size_t len)
{
	for (size_t i = 0; i < len; i++)
		dst[i] = le32_to_cpu(src[i]);
}

static inline void cpu_to_le64_array(__le64 *dst, const u64 *src, size_t len)
{
	for (size_t i = 0; i < len; i++)
		dst[i] = cpu_to_le64(src[i]);
}

static inline void le64_to_cpu_array(u64 *dst, const __le64 *src, size_t len)
{
	for (size_t i = 0; i < len; i++)
		dst[i] = le64_to_cpu(src[i]);
}

#define cpu_to_be16(x)	((__force __be16)__swab16(x))
#define be16_to_cpu(x)	__swab16((__force __u16)(__be16)(x))
#define __cpu_to_be16(x)	cpu_to_be16(x)
#define __be16_to_cpu(x)	be16_to_cpu(x)
#define __constant_cpu_to_be16(x)	cpu_to_be16(x)
#define __constant_be16_to_cpu(x)	be16_to_cpu(x)
#define cpu_to_be32(x)	((__force __be32)__swab32(x))
#define be32_to_cpu(x)	__swab32((__force __u32)(__be32)(x))
#define __cpu_to_be32(x)	cpu_to_be32(x)
#define __be32_to_cpu(x)	be32_to_cpu(x)
#define __constant_cpu_to_be32(x)	cpu_to_be32(x)
#define __constant_be32_to_cpu(x)	be32_to_cpu(x)
#define cpu_to_be64(x)	((__force __be64)__swab64(x))
#define be64_to_cpu(x)	__swab64((__force __u64)(__be64)(x))
#define __cpu_to_be64(x)	cpu_to_be64(x)
#define __be64_to_cpu(x)	be64_to_cpu(x)
#define __constant_cpu_to_be64(x)	cpu_to_be64(x)
#define __constant_be64_to_cpu(x)	be64_to_cpu(x)

static inline __be16 cpu_to_be16p(const __u16 *p)
{
	return cpu_to_be16(*p);
}

static inline __u16 be16_to_cpup(const __be16 *p)
{
	return be16_to_cpu(*p);
}

static inline void be16_add_cpu(__be16 *var, u16 val)
{
	*var = cpu_to_be16((__u16)(be16_to_cpu(*var) + val));
}

#define cpu_to_be16s(x)	swab16s((__u16 *)(x))
#define be16_to_cpus(x)	swab16s((__u16 *)(x))

static inline __be32 cpu_to_be32p(const __u32 *p)
{
	return cpu_to_be32(*p);
}

static inline __u32 be32_to_cpup(const __be32 *p)
{
	return be32_to_cpu(*p);
}

static inline void be32_add_cpu(__be32 *var, u32 val)
{
	*var = cpu_to_be32((__u32)(be32_to_cpu(*var) + val));
}

#define cpu_to_be32s(x)	swab32s((__u32 *)(x))
#define be32_to_cpus(x)	swab32s((__u32 *)(x))

static inline __be64 cpu_to_be64p(const __u64 *p)
{
	return cpu_to_be64(*p);
}

static inline __u64 be64_to_cpup(const __be64 *p)
{
	return be64_to_cpu(*p);
}

static inline void be64_add_cpu(__be64 *var, u64 val)
{
	*var = cpu_to_be64((__u64)(be64_to_cpu(*var) + val));
}

#define cpu_to_be64s(x)	swab64s((__u64 *)(x))
#define be64_to_cpus(x)	swab64s((__u64 *)(x))

static inline void cpu_to_be32_array(__be32 *dst, const u32 *src, size_t len)
{
	for (size_t i = 0; i < len; i++)
		dst[i] = cpu_to_be32(src[i]);
}

static inline void be32_to_cpu_array(u32 *dst, const __be32 *src, size_t len)
{
	for (size_t i = 0; i < len; i++)
		dst[i] = be32_to_cpu(src[i]);
}

static inline void cpu_to_be64_array(__be64 *dst, const u64 *src, size_t len)
{
	for (size_t i = 0; i < len; i++)
		dst[i] = cpu_to_be64(src[i]);
}

static inline void be64_to_cpu_array(u64 *dst, const __be64 *src, size_t len)
{
	for (size_t i = 0; i < len; i++)
		dst[i] = be64_to_cpu(src[i]);
}

#define htons(x)	cpu_to_be16(x)
#define htonl(x)	cpu_to_be32(x)
#define ntohs(x)	be16_to_cpu(x)
#define ntohl(x)	be32_to_cpu(x)

#endif
