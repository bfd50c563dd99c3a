// SPDX-License-Identifier: MIT
/*
 * string_helpers.c - sizes for people
 *
 * No lock, no state.  Nothing here sleeps or allocates.
 */
#include <linux/sprintf.h>
#include <linux/string_helpers.h>

/*
 * A 128-bit number, lowest part first: dividing the compiler's would need the compiler's library.
 */
struct wide {
	u32 part[4];
};

static struct wide wide_product(u64 a, u64 b)
{
	const unsigned __int128 product = (unsigned __int128)a * b;
	struct wide wide;

	for (int i = 0; i < 4; i++)
		wide.part[i] = (u32)(product >> (32 * i));
	return wide;
}

static bool is_below(const struct wide *wide, u32 limit)
{
	return !(wide->part[1] | wide->part[2] | wide->part[3]) && wide->part[0] < limit;
}

/* The remainder. */
static u32 divide(struct wide *wide, u32 by)
{
	u64 rest = 0;

	for (int i = 3; i >= 0; i--) {
		rest = rest << 32 | wide->part[i];
		wide->part[i] = (u32)(rest / by);
		rest %= by;
	}
	return (u32)rest;
}

/* Three significant digits, rounded: 1.50, 15.0, 150; nothing is "0 B". */
int string_get_size(u64 size, u64 blk_size, const enum string_size_units units, char *buf, int len)
{
	static const char *const names[2][9] = {
		{ "", "k", "M", "G", "T", "P", "E", "Z", "Y" },
		{ "", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi" },
	};
	static const unsigned int half[] = { 500, 50, 5 };
	const unsigned int is_binary = units & STRING_UNITS_MASK, step = is_binary ? 1024 : 1000;
	struct wide left = wide_product(size, blk_size);
	unsigned int unit = 0, thousandths = 0, decimals, whole;
	char fraction[8] = "";

	for (; !is_below(&left, step) && unit < 8; unit++)
		thousandths = divide(&left, step) * 1000 / step;
	whole = left.part[0];
	decimals = whole == 0 ? 0 : whole < 10 ? 2 : whole < 100 ? 1 : 0;
	thousandths += half[decimals];
	if (thousandths >= 1000) {
		thousandths -= 1000;
		whole++;
	}
	if (decimals) {
		snprintf(fraction, sizeof(fraction), ".%03u", thousandths);
		fraction[decimals + 1] = '\0';
	}
	return snprintf(buf, (size_t)len, "%u%s%s%s%s", whole, fraction,
			units & STRING_UNITS_NO_SPACE ? "" : " ", names[is_binary][unit],
			units & STRING_UNITS_NO_BYTES ? "" : "B");
}
