/* SPDX-License-Identifier: MIT */
/*
 * gfp_history.c - the values of allocation flags in known kernels, as data
 *
 * Facts read from headers of the versions named; where only a neighbour could be read, the era's source says so.
 * H1  A column is one era, in the order of enum gfp_era; 0 in the bit table means "did not exist".
 * H2  2.0 has no bits but a level (0..15) and one flag; its levels are composites here.
 * style: columns (tables are read across)
 */
#include "gfp_history.h"

#include <stdio.h>
#include <string.h>

#define LAST 9999

const struct gfp_era_info gfp_eras[GFP_ERAS] = {
	[ERA_2_0] = { "2.0", { 0, 0, 0 }, { 2, 0, LAST },
		"headers of two 2.0 copies, sublevel unknown" },
	[ERA_2_2] = { "2.2", { 2, 2, 0 }, { 2, 2, LAST },
		"header" },
	[ERA_2_4_0] = { "2.4.0", { 2, 4, 0 }, { 2, 4, 0 },
		"header" },
	[ERA_2_4_20] = { "2.4.20", { 2, 4, 10 }, { 2, 4, 20 },
		"a 2.4.19 tree and a 2.4.10 patch" },
	[ERA_2_6_0] = { "2.6.0", { 2, 6, 0 }, { 2, 6, 0 },
		"header" },
	[ERA_2_6_12] = { "2.6.12", { 2, 6, 12 }, { 2, 6, 12 },
		"header" },
	[ERA_3_0] = { "3.0", { 3, 0, 0 }, { 3, 0, LAST },
		"header of 3.3 age less the bit added there" },
	[ERA_4_0] = { "4.0", { 4, 0, 0 }, { 4, 0, LAST },
		"header of that age" },
	[ERA_4_4] = { "4.4", { 4, 4, 0 }, { 4, 4, LAST },
		"the patch series merged for it" },
	[ERA_4_20] = { "4.20", { 4, 20, 0 }, { 4, 20, LAST },
		"code quoting it and the patch that ends it" },
	[ERA_5_10] = { "5.10", { 5, 10, 0 }, { 5, 10, LAST },
		"header" },
	[ERA_6_1] = { "6.1", { 6, 1, 0 }, { 6, 1, LAST },
		"header" },
	[ERA_6_12] = { "6.12", { 6, 12, 0 }, { 6, 12, LAST },
		"header" },
};

static const struct {
	const char *name, *meaning;
	uint32_t value[GFP_ERAS];
} bits[GFP_BITS] = {
	/*                                              2.0  2.2 2.4.0 2.4.20 2.6.0 2.6.12 3.0 4.0 4.4 4.20 5.10 6.1 6.12 */
	[BIT_DMA] = { "__GFP_DMA", "lowest zone only (ISA DMA)",
		{ 0x80, 0x80, 8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 } },
	[BIT_HIGHMEM] = { "__GFP_HIGHMEM", "high memory allowed: no address to use directly",
		{ 0, 0, 0x10, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2 } },
	[BIT_DMA32] = { "__GFP_DMA32", "below 4 GiB",
		{ 0, 0, 0, 0, 0, 0, 4, 4, 4, 4, 4, 4, 4 } },
	[BIT_MOVABLE] = { "__GFP_MOVABLE", "the page can be migrated",
		{ 0, 0, 0, 0, 0, 0, 8, 8, 8, 8, 8, 8, 8 } },
	[BIT_WAIT] = { "__GFP_WAIT", "may sleep and reclaim",
		{ 0, 1, 1, 0x10, 0x10, 0x10, 0x10, 0x10, 0, 0, 0, 0, 0 } },
	[BIT_LOW] = { "__GFP_LOW", "low priority",
		{ 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 } },
	[BIT_MED] = { "__GFP_MED", "medium priority",
		{ 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 } },
	[BIT_HIGH] = { "__GFP_HIGH", "urgent: may use part of the reserve",
		{ 0, 8, 2, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20, 0x20 } },
	[BIT_IO] = { "__GFP_IO", "reclaim may start I/O",
		{ 0, 0x10, 4, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40 } },
	[BIT_HIGHIO] = { "__GFP_HIGHIO", "reclaim may start I/O on high memory",
		{ 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0 } },
	[BIT_FS] = { "__GFP_FS", "reclaim may call into file systems",
		{ 0, 0, 0, 0x100, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80 } },
	[BIT_SWAP] = { "__GFP_SWAP", "the swap daemon itself asks",
		{ 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 } },
	[BIT_COLD] = { "__GFP_COLD", "a cache-cold page is welcome",
		{ 0, 0, 0, 0, 0x100, 0x100, 0x100, 0x100, 0x100, 0, 0, 0, 0 } },
	[BIT_NOWARN] = { "__GFP_NOWARN", "no report when it fails",
		{ 0, 0, 0, 0, 0x200, 0x200, 0x200, 0x200, 0x200, 0x200, 0x2000, 0x2000, 0x2000 } },
	[BIT_RETRY] = { "__GFP_RETRY_MAYFAIL", "try hard, then fail",
		{ 0, 0, 0, 0, 0x400, 0x400, 0x400, 0x400, 0x400, 0x400, 0x4000, 0x4000, 0x4000 } },
	[BIT_NOFAIL] = { "__GFP_NOFAIL", "never returns failure; needs leave to sleep",
		{ 0, 0, 0, 0, 0x800, 0x800, 0x800, 0x800, 0x800, 0x800, 0x8000, 0x8000, 0x8000 } },
	[BIT_NORETRY] = { "__GFP_NORETRY", "one light round of reclaim, then fail",
		{ 0, 0, 0, 0, 0x1000, 0x1000, 0x1000, 0x1000, 0x1000, 0x1000, 0x10000, 0x10000, 0x10000 } },
	[BIT_NO_GROW] = { "__GFP_NO_GROW", "slab internal: do not grow the cache",
		{ 0, 0, 0, 0, 0x2000, 0x2000, 0, 0, 0, 0, 0, 0, 0 } },
	[BIT_MEMALLOC] = { "__GFP_MEMALLOC", "ignore watermarks: all reserves",
		{ 0, 0, 0, 0, 0, 0, 0, 0x2000, 0x2000, 0x2000, 0x20000, 0x20000, 0x20000 } },
	[BIT_COMP] = { "__GFP_COMP", "build a compound page",
		{ 0, 0, 0, 0, 0, 0x4000, 0x4000, 0x4000, 0x4000, 0x4000, 0x40000, 0x40000, 0x40000 } },
	[BIT_ZERO] = { "__GFP_ZERO", "zeroed memory",
		{ 0, 0, 0, 0, 0, 0x8000, 0x8000, 0x8000, 0x8000, 0x8000, 0x100, 0x100, 0x100 } },
	[BIT_NOMEMALLOC] = { "__GFP_NOMEMALLOC", "never use reserves",
		{ 0, 0, 0, 0, 0, 0x10000, 0x10000, 0x10000, 0x10000, 0x10000, 0x80000, 0x80000, 0x80000 } },
	[BIT_HARDWALL] = { "__GFP_HARDWALL", "obey the cpuset",
		{ 0, 0, 0, 0, 0, 0, 0x20000, 0x20000, 0x20000, 0x20000, 0x100000, 0x100000, 0x100000 } },
	[BIT_THISNODE] = { "__GFP_THISNODE", "this node only, no fallback",
		{ 0, 0, 0, 0, 0, 0, 0x40000, 0x40000, 0x40000, 0x40000, 0x200000, 0x200000, 0x200000 } },
	[BIT_RECLAIMABLE] = { "__GFP_RECLAIMABLE", "slab page a shrinker can free",
		{ 0, 0, 0, 0, 0, 0, 0x80000, 0x80000, 0x10, 0x10, 0x10, 0x10, 0x10 } },
	[BIT_ATOMIC] = { "__GFP_ATOMIC", "the caller cannot sleep and is urgent",
		{ 0, 0, 0, 0, 0, 0, 0, 0, 0x80000, 0x80000, 0x200, 0x200, 0 } },
	[BIT_ACCOUNT] = { "__GFP_ACCOUNT", "charge to the memory cgroup",
		{ 0, 0, 0, 0, 0, 0, 0, 0, 0x100000, 0x100000, 0x400000, 0x400000, 0x400000 } },
	[BIT_NOTRACK] = { "__GFP_NOTRACK", "kmemcheck does not track it",
		{ 0, 0, 0, 0, 0, 0, 0x200000, 0x200000, 0x200000, 0, 0, 0, 0 } },
	[BIT_NO_KSWAPD] = { "__GFP_NO_KSWAPD", "do not wake kswapd",
		{ 0, 0, 0, 0, 0, 0, 0x400000, 0x400000, 0, 0, 0, 0, 0 } },
	[BIT_DIRECT_RECLAIM] = { "__GFP_DIRECT_RECLAIM", "the caller may sleep and reclaim itself",
		{ 0, 0, 0, 0, 0, 0, 0, 0, 0x400000, 0x200000, 0x400, 0x400, 0x400 } },
	[BIT_KSWAPD_RECLAIM] = { "__GFP_KSWAPD_RECLAIM", "wake kswapd when memory is low",
		{ 0, 0, 0, 0, 0, 0, 0, 0, 0x2000000, 0x400000, 0x800, 0x800, 0x800 } },
	[BIT_OTHER_NODE] = { "__GFP_OTHER_NODE", "on behalf of another node",
		{ 0, 0, 0, 0, 0, 0, 0x800000, 0x800000, 0x800000, 0, 0, 0, 0 } },
	[BIT_WRITE] = { "__GFP_WRITE", "the page will be dirtied",
		{ 0, 0, 0, 0, 0, 0, 0, 0x1000000, 0x1000000, 0x100, 0x1000, 0x1000, 0x1000 } },
	[BIT_ZEROTAGS] = { "__GFP_ZEROTAGS", "zero memory tags too",
		{ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x800000, 0x800000 } },
	[BIT_NOLOCKDEP] = { "__GFP_NOLOCKDEP", "lockdep does not follow it (value only where lockdep is configured)",
		{ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x800000, 0x800000, 0x8000000, 0 } },
};

#define NO (-1)
const struct gfp_composite gfp_composites[] = {
	/* Longest first: names are taken greedily, in the order in which the kernel prints them. */
	/*                       2.0 2.2 2.4.0 2.4.20 2.6.0 2.6.12 3.0 4.0 4.4 4.20 5.10 6.1 6.12 */
	{ "GFP_TRANSHUGE",	 { NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, 0x1c24ca } },
	{ "GFP_TRANSHUGE_LIGHT", { NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, 0x1c20ca } },
	{ "GFP_HIGHUSER_MOVABLE",
	  { NO, NO, NO, NO, NO, NO, 0x200da, 0x200da, 0x24200ca, 0x6200ca, 0x100cca, 0x100cca,
				    0x100cca } },
	{ "GFP_HIGHUSER",
	  { NO, NO, 0x15, 0x1d2, 0xd2, 0xd2, 0x200d2, 0x200d2, 0x24200c2, 0x6200c2, 0x100cc2, 0x100cc2,
			    0x100cc2 } },
	/* Where GFP_USER and GFP_KERNEL are one number, as in 2.6.0, kernel code means GFP_KERNEL. */
	{ "GFP_KERNEL_ACCOUNT",
	  { NO, NO, NO, NO, NO, NO, NO, NO, NO, 0x7000c0, 0x400cc0, 0x400cc0, 0x400cc0 } },
	{ "GFP_TEMPORARY",
	  { NO, NO, NO, NO, NO, NO, 0x800d0, 0x800d0, 0x24000d0, NO, NO, NO, NO } },
	{ "GFP_KERNEL",
	  { 3, 0x15, 7, 0x1f0, 0xd0, 0xd0, 0xd0, 0xd0, 0x24000c0, 0x6000c0, 0xcc0, 0xcc0, 0xcc0 } },
	{ "GFP_NFS", { 5, 0x19, 7, 0x1f0, NO, NO, NO, NO, NO, NO, NO, NO, NO } },
	{ "GFP_USER",
	  { 2, 0x13, 5, 0x1d0, 0xd0, 0xd0, 0x200d0, 0x200d0, 0x24200c0, 0x6200c0, 0x100cc0, 0x100cc0,
			0x100cc0 } },
	{ "GFP_KSWAPD", { NO, 0x30, 4, 0x1d0, NO, NO, NO, NO, NO, NO, NO, NO, NO } },
	{ "GFP_NOFS",
	  { NO, NO, NO, 0xf0, 0x50, 0x50, 0x50, 0x50, 0x2400040, 0x600040, 0xc40, 0xc40, 0xc40 } },
	{ "GFP_ATOMIC",
	  { 1, 8, 2, 0x20, 0x20, 0x20, 0x20, 0x20, 0x2080020, 0x480020, 0xa20, 0xa20, 0x820 } },
	{ "GFP_NOIO",
	  { NO, NO, NO, 0x30, 0x10, 0x10, 0x10, 0x10, 0x2400000, 0x600000, 0xc00, 0xc00, 0xc00 } },
	{ "GFP_BUFFER", { 0, 3, 3, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO } },
	{ "GFP_NOBUFFER", { 4, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO } },
	{ "GFP_IO", { 6, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO } },
	{ "GFP_NOWAIT",
	  { NO, NO, NO, NO, NO, NO, 0, 0, 0x2000000, 0x400000, 0x800, 0x800, 0x2800 } },
	{ "GFP_DMA", { 0x80, 0x80, 8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 } },
	{ "GFP_DMA32", { NO, NO, NO, NO, NO, NO, 4, 4, 4, 4, 4, 4, 4 } },
};
const unsigned int gfp_composite_count = sizeof(gfp_composites) / sizeof(gfp_composites[0]);

uint32_t gfp_bit_value(enum gfp_era era, enum gfp_bit bit)
{
	return bits[bit].value[era];
}

const char *gfp_bit_name(enum gfp_era era, enum gfp_bit bit)
{
	if (bit == BIT_RETRY && era < ERA_4_20)
		return "__GFP_REPEAT";
	if (bit == BIT_ACCOUNT && era == ERA_4_4)
		return "__GFP_NOACCOUNT";
	return bits[bit].name;
}

const char *gfp_bit_meaning(enum gfp_bit bit)
{
	return bits[bit].meaning;
}

int gfp_version_compare(struct gfp_version a, struct gfp_version b)
{
	if (a.major != b.major)
		return a.major < b.major ? -1 : 1;
	if (a.minor != b.minor)
		return a.minor < b.minor ? -1 : 1;
	if (a.patch != b.patch)
		return a.patch < b.patch ? -1 : 1;
	return 0;
}

bool gfp_version_parse(const char *text, struct gfp_version *ret_version)
{
	struct gfp_version version = { 0, 0, 0 };
	int taken = 0;

	if (sscanf(text, "%4u.%4u%n", &version.major, &version.minor, &taken) != 2)
		return false;
	text += taken;
	if (sscanf(text, ".%4u%n", &version.patch, &taken) == 1)
		text += taken;
	/* A tail such as "-rc2", "-amd64" or a fourth number does not change the values. */
	if (*text && !strchr("-.+", *text))
		return false;
	*ret_version = version;
	return true;
}
