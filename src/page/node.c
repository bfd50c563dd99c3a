/* SPDX-License-Identifier: MIT */
/*
 * node.c - simulated NUMA nodes: which memory and which CPUs each has, and who is near whom
 *
 * Owns: numa=, kernelcore=, movablecore=, the lists of zones a node's requests go through.
 * N1  Nodes are 0 .. node_count - 1; a node's memory is one run of frame numbers (with holes), the
 *     runs ascend, and they part at multiples of the largest block.
 * N2  Every node has memory. CPU c is on node c % node_count, so some may have no CPU.
 * N3  A list goes by distance, among equally near ones upwards from the node and round; within a
 *     node from the highest type of zone down. So neighbours do not all turn to node 0.
 * Boot only, one CPU; read without a lock afterwards.
 */
#include "page/zone.h"

#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/math.h>
#include <linux/memblock.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/topology.h>
#include "page/frame.h"

#define NODE_ALIGN	((unsigned long)MAX_ORDER_NR_PAGES)

unsigned int node_count = 1;
struct zone_list node_list[MAX_NUMNODES];
u8 node_of_cpu[KM_MAX_CPUS];
u8 node_apart[MAX_NUMNODES][MAX_NUMNODES];

nodemask_t node_states[NR_NODE_STATES];
unsigned int nr_node_ids = 1, nr_online_nodes = 1;
struct pglist_data *node_data[MAX_NUMNODES];

static struct pglist_data nodes[MAX_NUMNODES];
static struct cpumask cpus_of[MAX_NUMNODES];
static unsigned long ends[MAX_NUMNODES];	/* first frame behind each node */
static unsigned long movable_starts[MAX_NUMNODES];
static unsigned int fake_count;			/* numa=fake=N */
static unsigned long fake_pages;		/* numa=fake=<size>: frames a node */

/* -- boot options ----------------------------------------------------------------------------- */
/* An amount of memory: a number of bytes with K, M, G, or a share of all in percent. */
struct amount {
	unsigned long pages;
	unsigned int percent;
};
static struct amount kernelcore, movablecore;

static int amount_parse(const char *value, struct amount *ret_amount)
{
	char *end;
	unsigned long long bytes;

	*ret_amount = (struct amount) { 0 };
	if (!value)
		return 0;
	bytes = memparse(value, &end);
	if (end == value || !bytes)
		return -EINVAL;
	if (*end == '%' && !end[1]) {
		ret_amount->percent = bytes;
		return bytes <= 100 ? 0 : -EINVAL;
	}
	ret_amount->pages = bytes >> PAGE_SHIFT;
	return *end ? -EINVAL : 0;
}

int node_set_kernelcore(const char *value)
{
	return amount_parse(value, &kernelcore);
}

int node_set_movablecore(const char *value)
{
	return amount_parse(value, &movablecore);
}

int node_set_fake(const char *value)
{
	unsigned long long number;
	char *end;

	fake_count = 1;
	fake_pages = 0;
	if (!value || !strcmp(value, "off"))
		return 0;
	if (strncmp(value, "fake=", 5))
		return -EINVAL;
	number = memparse(value + 5, &end);
	if (end == value + 5 || !number || (*end && strcmp(end, "U")))
		return -EINVAL;
	/* A unit makes it the size of a node; "U" is Linux's word for nodes of equal size. */
	if (!*end && end[-1] >= 'A') {
		fake_pages = round_up(number >> PAGE_SHIFT, NODE_ALIGN);
		return fake_pages ? 0 : -EINVAL;
	}
	fake_count = number;
	return number <= MAX_NUMNODES ? 0 : -EINVAL;
}

/* -- which memory ----------------------------------------------------------------------------- */
unsigned long node_present(void)
{
	struct memblock_region *region;
	unsigned long pages = 0;

	for_each_mem_region(region)
		pages += region->size >> PAGE_SHIFT;
	return pages;
}

/* The frame number before which there are at least @pages frames of memory, on a block's limit. */
static unsigned long pfn_after(unsigned long pages)
{
	struct memblock_region *region;

	for_each_mem_region(region) {
		unsigned long start = region->base >> PAGE_SHIFT, have = region->size >> PAGE_SHIFT;

		if (have >= pages)
			return round_up(start + pages, NODE_ALIGN);
		pages -= have;
	}
	return ~0UL;
}

static unsigned long pages_before(unsigned long pfn)
{
	struct memblock_region *region;
	unsigned long pages = 0;

	for_each_mem_region(region) {
		unsigned long start = region->base >> PAGE_SHIFT;
		unsigned long end = start + (region->size >> PAGE_SHIFT);

		if (pfn > start)
			pages += min(pfn, end) - start;
	}
	return pages;
}

/* N1.  A machine too small for what was asked for has fewer nodes. */
static void cut_memory(void)
{
	unsigned long all = node_present(), share = fake_pages, before = 0;
	unsigned int most = fake_pages ? MAX_NUMNODES : fake_count ? fake_count : 1;

	if (!share)
		share = all / most;
	node_count = 0;
	while (node_count < most) {
		unsigned long end = ~0UL, upto;

		if (node_count + 1 < most)
			end = pfn_after(fake_pages ? before + share :
					share * (node_count + 1));
		upto = end == ~0UL ? all : pages_before(end);
		/* The last one has what is left, also the frames that round down to nothing. */
		if (upto == all)
			end = ~0UL;
		if (upto == before)
			break;
		ends[node_count++] = end;
		before = upto;
		if (end == ~0UL)
			break;
	}
	if (node_count < most && !fake_pages)
		pr_warn("page: numa=fake=%u: memory is enough for %u nodes\n", most, node_count);
}

unsigned int node_of_pfn(unsigned long pfn, unsigned long *ret_end)
{
	unsigned int node = 0;

	while (node + 1 < node_count && pfn >= ends[node])
		node++;
	*ret_end = ends[node];
	return node;
}

unsigned long node_movable_start(unsigned int node)
{
	return movable_starts[node];
}

/* The last @movable frames of the node's memory, in whole blocks. */
static void cut_movable(unsigned int node, unsigned long movable)
{
	unsigned long first = node ? pages_before(ends[node - 1]) : 0;
	unsigned long upto = ends[node] == ~0UL ? node_present() : pages_before(ends[node]);

	movable_starts[node] = ~0UL;
	if (movable > upto - first)
		movable = upto - first;
	if (movable >= NODE_ALIGN)
		movable_starts[node] = pfn_after(upto - movable);
}

static unsigned long amount_pages(const struct amount *amount, unsigned long all)
{
	return amount->percent ? all / 100 * amount->percent : amount->pages;
}

/* As in Linux the larger kernelcore wins, and every node gives the same share of it. */
static void cut_movables(void)
{
	unsigned long all = node_present(), kernel = amount_pages(&kernelcore, all);
	unsigned long movable = amount_pages(&movablecore, all), first = 0;

	if (movable && all > movable && all - movable > kernel)
		kernel = all - movable;
	for (unsigned int node = 0; node < node_count; node++) {
		unsigned long upto = ends[node] == ~0UL ? all : pages_before(ends[node]);
		unsigned long share = kernel / node_count, own = upto - first;

		cut_movable(node, kernel && own > share ? own - share : 0);
		first = upto;
	}
}

/* -- who is near ------------------------------------------------------------------------------ */
static void list_add_node(struct zone_list *list, unsigned int node)
{
	for (unsigned int type = MAX_NR_ZONES; type-- > 0;) {
		const struct page_zone *zone = node_zone(node, type);

		if (zone_is_populated(zone))
			list->zone[list->count++] = zone->id;
	}
}

/* N3: the nearest node not in @done, from @node upwards and round. */
static unsigned int nearest(unsigned int node, unsigned long done)
{
	unsigned int best = MAX_NUMNODES;

	for (unsigned int step = 0; step < node_count; step++) {
		unsigned int other = (node + step) % node_count;

		if (done >> other & 1)
			continue;
		if (best == MAX_NUMNODES || node_apart[node][other] < node_apart[node][best])
			best = other;
	}
	return best;
}

static void list_make(unsigned int node)
{
	unsigned long done = 0;

	node_list[node].count = 0;
	for (unsigned int i = 0; i < node_count; i++) {
		unsigned int next = nearest(node, done);

		done |= 1UL << next;
		list_add_node(&node_list[node], next);
	}
}

static void seen_make(unsigned int node)
{
	struct pglist_data *seen = &nodes[node];
	unsigned long end = 0;

	*seen = (struct pglist_data) { .node_id = node, .node_start_pfn = ~0UL };
	for (unsigned int type = 0; type < MAX_NR_ZONES; type++) {
		const struct page_zone *zone = node_zone(node, type);

		if (!zone->present)
			continue;
		seen->nr_zones = type + 1;
		seen->node_present_pages += zone->present;
		seen->node_start_pfn = min(seen->node_start_pfn, zone->start_pfn);
		end = max(end, zone->start_pfn + zone->spanned);
	}
	seen->node_spanned_pages = end - seen->node_start_pfn;
	node_data[node] = seen;
}

static void states_make(void)
{
	unsigned long all = (1UL << node_count) - 1, with_cpu = 0;

	for (unsigned int cpu = 0; cpu < km_port_cpus(); cpu++) {
		with_cpu |= 1UL << node_of_cpu[cpu];
		cpus_of[node_of_cpu[cpu]].bits[0] |= 1UL << cpu;
	}
	node_states[N_POSSIBLE] = node_states[N_ONLINE] = km_node_word(all);
	node_states[N_NORMAL_MEMORY] = node_states[N_MEMORY] = km_node_word(all);
	node_states[N_CPU] = km_node_word(with_cpu);
	nr_node_ids = nr_online_nodes = node_count;
}

void node_boot(void)
{
	cut_memory();
	cut_movables();
	for (unsigned int cpu = 0; cpu < KM_MAX_CPUS; cpu++)
		node_of_cpu[cpu] = cpu % node_count;
	for (unsigned int from = 0; from < MAX_NUMNODES; from++) {
		for (unsigned int to = 0; to < MAX_NUMNODES; to++)
			node_apart[from][to] = from == to ? LOCAL_DISTANCE : REMOTE_DISTANCE;
	}
}

void node_boot_lists(void)
{
	for (unsigned int node = 0; node < node_count; node++) {
		list_make(node);
		seen_make(node);
	}
	states_make();
}

void node_shutdown(void)
{
	memset(node_list, 0, sizeof(node_list));
	memset(node_of_cpu, 0, sizeof(node_of_cpu));
	memset(node_data, 0, sizeof(node_data));
	memset(cpus_of, 0, sizeof(cpus_of));
	memset(node_states, 0, sizeof(node_states));
	node_count = nr_node_ids = nr_online_nodes = 1;
}

unsigned int node_cpus(unsigned int node)
{
	return __builtin_popcountl(cpus_of[node].bits[0]);
}

/* -- the Linux names -------------------------------------------------------------------------- */
int __node_distance(int from, int to)
{
	if (from < 0 || from >= MAX_NUMNODES || to < 0 || to >= MAX_NUMNODES)
		return from == to ? LOCAL_DISTANCE : REMOTE_DISTANCE;
	return node_apart[from][to];
}

int numa_node_id(void)
{
	return node_here();
}

int cpu_to_node(int cpu)
{
	return cpu >= 0 && cpu < KM_MAX_CPUS ? node_of_cpu[cpu] : NUMA_NO_NODE;
}

/* Node -1: all CPUs. */
const struct cpumask *cpumask_of_node(int node)
{
	static const struct cpumask none;

	if (node == NUMA_NO_NODE)
		return cpu_online_mask;
	return numa_valid_node(node) ? &cpus_of[node] : &none;
}

int nr_cpus_node(int node)
{
	return numa_valid_node(node) ? node_cpus(node) : 0;
}

/* NUMA_NO_NODE for an empty set. */
unsigned int km_node_random(const nodemask_t *mask)
{
	unsigned int weight = nodes_weight(*mask), node, skip;

	if (!weight)
		return NUMA_NO_NODE;
	skip = km_port_entropy() % weight;
	node = first_node(*mask);
	while (skip--)
		node = next_node(node, *mask);
	return node;
}
