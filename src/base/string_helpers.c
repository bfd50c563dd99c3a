// SPDX-License-Identifier: MIT
/*
 * string_helpers.c - sizes for people
 *
 * No lock, no state.  Nothing here sleeps or allocates.
 */
#include <linux/sprintf.h>
#include <linux/string_helpers.h>

/* Three significant digits, rounded: 1.50, 15.0, 150; nothing is "0 B". */
int string_get_size(u64 size, u64 blk_size, const enum string_size_units units, char *buf, int len)
{
	static const char *const names[2][9] = {
		{ "", "k", "M", "G", "T", "P", "E", "Z", "Y" },
		{ "", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi" },
	};
	static const unsigned int half[] = { 500, 50, 5 };
	const unsigned int is_binary = units & STRING_UNITS_MASK, step = is_binary ? 1024 : 1000;
	unsigned __int128 bytes = (unsigned __int128)size * blk_size;
	unsigned int unit = 0, thousandths = 0, decimals;
	char fraction[8] = "";

	for (; bytes >= step && unit < 8; unit++) {
		thousandths = (unsigned int)(bytes % step) * 1000 / step;
		bytes /= step;
	}
	decimals = bytes == 0 ? 0 : bytes < 10 ? 2 : bytes < 100 ? 1 : 0;
	thousandths += half[decimals];
	if (thousandths >= 1000) {
		thousandths -= 1000;
		bytes++;
	}
	if (decimals) {
		snprintf(fraction, sizeof(fraction), ".%03u", thousandths);
		fraction[decimals + 1] = '\0';
	}
	return snprintf(buf, (size_t)len, "%llu%s%s%s%s", (u64)bytes, fraction,
			units & STRING_UNITS_NO_SPACE ? "" : " ", names[is_binary][unit],
			units & STRING_UNITS_NO_BYTES ? "" : "B");
}
