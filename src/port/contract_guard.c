// SPDX-License-Identifier: MIT
/*
 * contract_guard.c - the part of the contract test about closed pages
 */
#include "contract.h"

#define PAGE	4096UL

void contract_closed_pages_of_ram_keep_what_is_in_them(void)
{
	struct km_port_region regions[16];
	const struct km_port_region *last = &regions[km_port_regions(regions, 16) - 1];
	char *page = (char *)last->base + 20 * PAGE;

	for (unsigned int i = 0; i < 3; i++)
		page[i * PAGE + 9] = (char)(i + 40);
	REQUIRE(km_port_guard(page + PAGE, 1, true) == 0);
	CHECK(km_test_readable(page) && !km_test_readable(page + PAGE) &&
	      km_test_readable(page + 2 * PAGE));
	CHECK_EQ(km_port_guard(page, 3, false), 0);
	for (unsigned int i = 0; i < 3; i++)
		CHECK_EQ(page[i * PAGE + 9], i + 40);
	/* What is not RAM is refused, and so is what goes on behind it. */
	CHECK(km_port_guard((char *)last->base + last->bytes - PAGE, 2, true) < 0);
	CHECK(km_test_readable((char *)last->base + last->bytes - PAGE));
	CHECK(km_port_guard(&regions, 1, true) < 0);
}
