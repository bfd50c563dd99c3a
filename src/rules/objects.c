/* SPDX-License-Identifier: MIT */
/*
 * objects.c - the record of every object the machine handed out, by address
 *
 * Owns: the records, the table by start address, the table by page.
 * O1  A record in use is in the start table once, and in the list of the page where it starts.
 * O2  A record whose slot reaches into further pages is the `cover` of each of them; slots never
 *     overlap, so one is enough.
 * Lock: rules_lock, held by the caller.  Nothing here sleeps or prints.
 */
#include "rules/objects.h"

#define PAGE_BITS	12
#define PAGE_OF(a)	((uintptr_t)(a) >> PAGE_BITS)
#define BATCH		512
#define TEXT_BYTES	48
#define COMM_BYTES	16
#define NAMED_CACHES	64

struct page_list {
	uintptr_t page;
	struct object *first;		/* records that start here */
	struct object *cover;		/* a record that starts earlier and reaches here */
	struct page_list *next;
};

struct batch {
	struct object objects[BATCH];	/* first: two lines of the cache each */
	struct batch *next;
};

struct kept_text {
	struct kept_text *next;
	char text[TEXT_BYTES];
};

static struct object **by_start;
static struct page_list **by_page;
static uint32_t start_slots, page_slots, start_used, page_used;
static struct object *free_objects;
static struct batch *batches, *last_batch;
static uint32_t last_used;		/* records of the last batch ever used */
static struct kept_text *texts;
static struct named_cache { const struct kmem_cache *cache; const char *name; }
	named_caches[NAMED_CACHES];
static bool is_lost;
static uint64_t comm_words[COMM_BYTES / 8];	/* the name asked for last, as it was, and kept */
static const char *comm_kept;

static uint32_t mix(uintptr_t value)
{
	uint64_t x = (uint64_t)value * 0x9e3779b97f4a7c15ull;

	return (uint32_t)(x >> 32);
}

/* What lies side by side in a page is side by side here: one line of the cache serves many. */
static uint32_t start_slot(uintptr_t start, uint32_t slots)
{
	return (mix(PAGE_OF(start)) + (uint32_t)(start >> 4 & 255)) & (slots - 1);
}

static bool grow_starts(void)
{
	uint32_t slots = start_slots ? start_slots * 2 : 8192;
	struct object **bigger = memory_carve(slots * sizeof(*bigger));

	if (!bigger)
		return false;
	for (uint32_t i = 0; i < start_slots; i++) {
		for (struct object *object = by_start[i], *next; object; object = next) {
			next = object->hash_next;
			object->hash_next = bigger[start_slot(object->start, slots)];
			bigger[start_slot(object->start, slots)] = object;
		}
	}
	by_start = bigger;
	start_slots = slots;
	return true;
}

static bool grow_pages(void)
{
	uint32_t slots = page_slots ? page_slots * 2 : 4096;
	struct page_list **bigger = memory_carve(slots * sizeof(*bigger));

	if (!bigger)
		return false;
	for (uint32_t i = 0; i < page_slots; i++) {
		for (struct page_list *list = by_page[i], *next; list; list = next) {
			next = list->next;
			list->next = bigger[mix(list->page) & (slots - 1)];
			bigger[mix(list->page) & (slots - 1)] = list;
		}
	}
	by_page = bigger;
	page_slots = slots;
	return true;
}

static struct page_list *page_find(uintptr_t page)
{
	struct page_list *list = page_slots ? by_page[mix(page) & (page_slots - 1)] : NULL;

	while (list && list->page != page)
		list = list->next;
	return list;
}

/* Lists are never taken away: a machine has only so many pages. */
static struct page_list *page_make(uintptr_t page)
{
	struct page_list *list = page_find(page);

	if (list)
		return list;
	if (page_used >= page_slots && !grow_pages())
		return NULL;
	list = memory_carve(sizeof(*list));
	if (!list)
		return NULL;
	list->page = page;
	list->next = by_page[mix(page) & (page_slots - 1)];
	by_page[mix(page) & (page_slots - 1)] = list;
	page_used++;
	return list;
}

static uintptr_t object_last(const struct object *object)
{
	return object->start + (object->usable ? object->usable - 1 : 0);
}

struct object *object_at(uintptr_t start)
{
	struct object *object = start_slots ? by_start[start_slot(start, start_slots)] : NULL;

	while (object && object->start != start)
		object = object->hash_next;
	return object;
}

void object_expect_later(uintptr_t start)
{
	if (by_start)
		__builtin_prefetch(&by_start[start_slot(start, start_slots)], 1);
}

void object_expect(uintptr_t start)
{
	struct object **slot = by_start ? &by_start[start_slot(start, start_slots)] : NULL;

	if (slot && *slot) {
		__builtin_prefetch(*slot, 1);
		__builtin_prefetch((const char *)*slot + 64, 1);
	}
}

struct object *object_around(uintptr_t address)
{
	struct page_list *list = page_find(PAGE_OF(address));

	if (!list)
		return NULL;
	for (struct object *object = list->first; object; object = object->page_next)
		if (address >= object->start && address <= object_last(object))
			return object;
	return list->cover && address <= object_last(list->cover) ? list->cover : NULL;
}

/* How far @address is from the bytes that were asked for; 0 inside. */
static size_t object_distance(const struct object *object, uintptr_t address)
{
	if (address < object->start)
		return object->start - address;
	if (address >= object->start + object->bytes)
		return address - (object->start + object->bytes) + 1;
	return 0;
}

static void take_nearer(struct object *candidate, uintptr_t address, struct object **best,
			size_t *best_distance)
{
	size_t distance;

	if (!candidate)
		return;
	distance = object_distance(candidate, address);
	if (distance < *best_distance ||
	    (distance == *best_distance && *best && (*best)->state != OBJECT_LIVE &&
	     candidate->state == OBJECT_LIVE)) {
		*best = candidate;
		*best_distance = distance;
	}
}

struct object *object_near(uintptr_t address, size_t reach)
{
	struct object *best = NULL;
	size_t best_distance = reach + 1;

	for (uintptr_t page = PAGE_OF(address - reach); page <= PAGE_OF(address + reach); page++) {
		struct page_list *list = page_find(page);

		if (!list)
			continue;
		take_nearer(list->cover, address, &best, &best_distance);
		for (struct object *object = list->first; object; object = object->page_next)
			take_nearer(object, address, &best, &best_distance);
	}
	return best;
}

static struct object *record_take(void)
{
	struct object *object = free_objects;

	if (object) {
		free_objects = object->hash_next;
		return object;
	}
	if (!last_batch || last_used == BATCH) {
		struct batch *batch = memory_carve(sizeof(*batch));

		if (!batch)
			return NULL;
		if (last_batch)
			last_batch->next = batch;
		else
			batches = batch;
		last_batch = batch;
		last_used = 0;
	}
	return &last_batch->objects[last_used++];
}

/*
 * Pages before the first and after the last must exist as lists before the record is linked: O1,
 * O2.
 */
static bool pages_make(uintptr_t start, uintptr_t last)
{
	for (uintptr_t page = PAGE_OF(start); page <= PAGE_OF(last); page++)
		if (!page_make(page))
			return false;
	return true;
}

bool objects_lost(void)
{
	return is_lost;
}

static struct object *lose(void)
{
	is_lost = true;
	return NULL;
}

struct object *object_add(uintptr_t start, size_t usable, bool clear)
{
	uintptr_t last = start + (usable ? usable - 1 : 0);
	struct object *object = object_at(start);
	struct page_list *list;

	/* The same slot again: what it overlapped went when it was recorded first. */
	if (object && object->usable == usable) {
		*object = (struct object){
			.start = start, .usable = usable, .bytes = usable, .state = OBJECT_LIVE,
			.hash_next = object->hash_next, .page_next = object->page_next,
		};
		return object;
	}
	if (clear)
		objects_drop_range(start, usable ? usable : 1);
	else if (object)
		object_drop(object);
	if (start_used >= start_slots && !grow_starts())
		return lose();
	if (!pages_make(start, last))
		return lose();
	object = record_take();
	if (!object)
		return lose();
	*object = (struct object){
		.start = start, .usable = usable, .bytes = usable, .state = OBJECT_LIVE
	};
	object->hash_next = by_start[start_slot(start, start_slots)];
	by_start[start_slot(start, start_slots)] = object;
	start_used++;
	list = page_find(PAGE_OF(start));
	object->page_next = list->first;
	list->first = object;
	for (uintptr_t page = PAGE_OF(start) + 1; page <= PAGE_OF(last); page++)
		page_find(page)->cover = object;
	return object;
}

void object_drop(struct object *object)
{
	struct object **link = &by_start[start_slot(object->start, start_slots)];

	while (*link != object)
		link = &(*link)->hash_next;
	*link = object->hash_next;
	link = &page_find(PAGE_OF(object->start))->first;
	while (*link != object)
		link = &(*link)->page_next;
	*link = object->page_next;
	for (uintptr_t page = PAGE_OF(object->start) + 1; page <= PAGE_OF(object_last(object));
	     page++) {
		struct page_list *list = page_find(page);

		if (list && list->cover == object)
			list->cover = NULL;
	}
	start_used--;
	object->state = OBJECT_UNUSED;
	object->hash_next = free_objects;
	free_objects = object;
}

void objects_drop_range(uintptr_t start, size_t bytes)
{
	uintptr_t last = start + bytes - 1;

	for (uintptr_t page = PAGE_OF(start); page <= PAGE_OF(last); page++) {
		struct page_list *list = page_find(page);

		if (!list)
			continue;
		if (list->cover && object_last(list->cover) >= start)
			object_drop(list->cover);
		for (struct object *object = list->first, *next; object; object = next) {
			next = object->page_next;
			if (object->start <= last && object_last(object) >= start)
				object_drop(object);
		}
	}
}

struct object *objects_of_page(uintptr_t address, struct object **ret_cover)
{
	struct page_list *list = page_find(PAGE_OF(address));

	*ret_cover = list ? list->cover : NULL;
	return list ? list->first : NULL;
}

static void cover_words(const struct object *object, uintptr_t page, uint64_t *bits)
{
	uintptr_t start = object->start > page ? object->start - page : 0;
	uintptr_t last = object_last(object) - page;

	if (last >= (uintptr_t)1 << PAGE_BITS)
		last = ((uintptr_t)1 << PAGE_BITS) - 1;
	for (uintptr_t word = start / 8; word <= last / 8; word++)
		bits[word / 64] |= (uint64_t)1 << word % 64;
}

void objects_cover(uintptr_t page, uint64_t *bits)
{
	struct page_list *list = page_find(PAGE_OF(page));

	if (!list)
		return;
	for (struct object *object = list->first; object; object = object->page_next)
		cover_words(object, page, bits);
	if (list->cover && object_last(list->cover) >= page)
		cover_words(list->cover, page, bits);
}

struct object *object_next(struct object_walk *walk)
{
	struct batch *batch = walk->batch ? walk->batch : batches;

	for (; batch; batch = batch->next, walk->at = 0) {
		walk->batch = batch;
		while (walk->at < (batch == last_batch ? last_used : BATCH)) {
			struct object *object = &batch->objects[walk->at++];

			if (object->state != OBJECT_UNUSED)
				return object;
		}
	}
	walk->at = BATCH;
	walk->batch = last_batch;
	return NULL;
}

static bool text_equals(const char *kept, const char *text)
{
	for (unsigned int i = 0; i < TEXT_BYTES - 1; i++) {
		if (kept[i] != text[i])
			return false;
		if (!text[i])
			break;
	}
	return true;
}

const char *object_cache_keep(const struct kmem_cache *cache, const char *name)
{
	struct named_cache *named = &named_caches[((uintptr_t)cache >> 6) % NAMED_CACHES];

	if (named->cache != cache)
		*named = (struct named_cache){ cache, object_text_keep(name) };
	return named->name;
}

void objects_forget_names(void)
{
	for (unsigned int i = 0; i < NAMED_CACHES; i++)
		named_caches[i].cache = NULL;
}

const char *object_comm_keep(const char *comm)
{
	uint64_t words[COMM_BYTES / 8];

	__builtin_memcpy(words, comm, COMM_BYTES);
	if (!comm_kept || words[0] != comm_words[0] || words[1] != comm_words[1]) {
		comm_kept = object_text_keep(comm);
		__builtin_memcpy(comm_words, words, COMM_BYTES);
	}
	return comm_kept;
}

const char *object_text_keep(const char *text)
{
	struct kept_text **link = &texts, *kept;

	if (!text)
		return NULL;
	while (*link && !text_equals((*link)->text, text))
		link = &(*link)->next;
	kept = *link;
	if (kept) {
		/* What was asked for will be asked for again: it moves to the front. */
		*link = kept->next;
		kept->next = texts;
		texts = kept;
		return kept->text;
	}
	kept = memory_carve(sizeof(*kept));
	if (!kept)
		return NULL;
	for (unsigned int i = 0; i < TEXT_BYTES - 1 && text[i]; i++)
		kept->text[i] = text[i];
	kept->next = texts;
	texts = kept;
	return kept->text;
}

void objects_forget(void)
{
	by_start = NULL;
	by_page = NULL;
	start_slots = page_slots = start_used = page_used = last_used = 0;
	free_objects = NULL;
	batches = last_batch = NULL;
	texts = NULL;
	comm_kept = NULL;
	objects_forget_names();
	is_lost = false;
}
