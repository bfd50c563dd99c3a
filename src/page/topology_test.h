/* SPDX-License-Identifier: MIT */
/* topology_test.h - the page room booted again with other nodes, within one test */
#ifndef PAGE_TOPOLOGY_TEST_H
#define PAGE_TOPOLOGY_TEST_H

#include <linux/vmstat.h>
#include "page/mobility.h"
#include "page/page_test.h"

/* What was up goes down, with nothing left out. */
static __maybe_unused void boot_again(void)
{
	CHECK_EQ(page_shutdown(), 0);
	REQUIRE(page_boot(false, false, false) == 0);
	CHECK(page_validate());
}

static __maybe_unused void boot_nodes(const char *numa)
{
	REQUIRE(node_set_fake(numa) == 0);
	boot_again();
}

static __maybe_unused unsigned long node_free(unsigned int node)
{
	unsigned long pages = 0;

	for (unsigned int type = 0; type < MAX_NR_ZONES; type++)
		pages += node_zone(node, type)->free + pcp_pages(node_zone(node, type));
	return pages;
}

#endif
