/* SPDX-License-Identifier: MIT */
/*
 * names.c - which caches there are, under which names, and which of them are alike
 *
 * Owns: slab_caches, the trees by name and by kind, aliases.
 * N1  A cache is in the tree of kinds while others may join it: mergeable, and with a user.
 * N2  Two caches of one kind have slots of one size, equal flags of SLAB_MERGE_SAME, and objects
 *     that start at the slab's start: whoever asks for the second is served by the first.
 * N3  A cache with n users has been asked for under n names; the one it was made with is its own,
 *     the others are aliases.  A user who goes takes the newest alias along: all users hold the
 *     same pointer, so nobody can tell which of them went.
 * N4  cache->self is the cache while it is listed, so that one look tells a live cache.
 * Every search takes time that grows with the logarithm of the number of caches at most.
 * Lock: slab_caches_lock.  cache_join() may sleep before it takes it.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/string.h>
#include "slab/take.h"

struct cache_alias {
	struct list_head list;
	const char *name;
	struct page *name_page;
	char name_room[SLAB_NAME_BYTES];
};

struct list_head slab_caches = LIST_HEAD_INIT(slab_caches);
struct km_spin slab_caches_lock = KM_SPIN_INIT;
static struct rb_root names_root, kinds_root;
static struct kmem_cache *alias_cache;
bool slab_merges = true;

/* -- names ------------------------------------------------------------------------------------ */

/**
 * name_copy() - keep @name in @room, or in a page of its own
 * Return: the copy; ERR_PTR if it is longer than a page, or there is none.
 */
const char *name_copy(const char *name, char *room, struct page **ret_page)
{
	size_t bytes = strlen(name) + 1;

	if (bytes > PAGE_SIZE)
		return ERR_PTR(-EINVAL);
	*ret_page = NULL;
	if (bytes > SLAB_NAME_BYTES) {
		*ret_page = page_take(GFP_KERNEL, 0, PAGE_OWNER_PAGES);
		if (!*ret_page)
			return ERR_PTR(-ENOMEM);
		room = frame_address(*ret_page);
	}
	return memcpy(room, name, bytes);
}

static void name_insert_locked(struct kmem_cache *cache)
{
	struct rb_node **link = &names_root.rb_node, *parent = NULL;

	while (*link) {
		const struct kmem_cache *other = rb_entry(*link, struct kmem_cache, by_name);

		parent = *link;
		link = strcmp(cache->name, other->name) < 0 ? &parent->rb_left : &parent->rb_right;
	}
	rb_link_node(&cache->by_name, parent, link);
	rb_insert_color(&cache->by_name, &names_root);
}

static struct kmem_cache *name_find_locked(const char *name)
{
	struct rb_node *at = names_root.rb_node;

	while (at) {
		struct kmem_cache *cache = rb_entry(at, struct kmem_cache, by_name);
		int order = strcmp(name, cache->name);

		if (!order)
			return cache;
		at = order < 0 ? at->rb_left : at->rb_right;
	}
	return NULL;
}

/**
 * cache_find() - a cache that was made under @name, not one that has it as an alias
 * The answer is good as long as the caller knows that nobody destroys caches.
 */
struct kmem_cache *cache_find(const char *name)
{
	unsigned long irq = km_spin_lock(&slab_caches_lock);
	struct kmem_cache *cache = name_find_locked(name);

	km_spin_unlock(&slab_caches_lock, irq);
	return cache;
}

/* -- kinds ------------------------------------------------------------------------------------ */

/* Below, at or above 0 as @slot and @flags come before, at or after the kind of @cache. */
static int kind_order(u32 slot, slab_flags_t flags, const struct kmem_cache *cache)
{
	slab_flags_t others = cache->flags & SLAB_MERGE_SAME;

	flags &= SLAB_MERGE_SAME;
	if (slot != cache->layout.slot)
		return slot < cache->layout.slot ? -1 : 1;
	return flags == others ? 0 : flags < others ? -1 : 1;
}

static bool cache_merges(const struct kmem_cache *cache)
{
	return slab_merges && !(cache->flags & SLAB_NEVER_MERGE) && !cache->ctor &&
	       !cache->usersize &&
	       !(cache->traits & (CACHE_WATCHED | CACHE_KMALLOC | CACHE_INTERNAL));
}

static void kind_insert_locked(struct kmem_cache *cache)
{
	struct rb_node **link = &kinds_root.rb_node, *parent = NULL;

	while (*link) {
		const struct kmem_cache *other = rb_entry(*link, struct kmem_cache, by_kind);

		parent = *link;
		link = kind_order(cache->layout.slot, cache->flags, other) < 0 ?
			       &parent->rb_left : &parent->rb_right;
	}
	rb_link_node(&cache->by_kind, parent, link);
	rb_insert_color(&cache->by_kind, &kinds_root);
}

static struct kmem_cache *kind_find_locked(u32 slot, slab_flags_t flags)
{
	struct rb_node *at = kinds_root.rb_node;

	while (at) {
		struct kmem_cache *cache = rb_entry(at, struct kmem_cache, by_kind);
		int order = kind_order(slot, flags, cache);

		if (!order)
			return cache;
		at = order < 0 ? at->rb_left : at->rb_right;
	}
	return NULL;
}

static void kind_remove_locked(struct kmem_cache *cache)
{
	if (!RB_EMPTY_NODE(&cache->by_kind))
		rb_erase(&cache->by_kind, &kinds_root);
	RB_CLEAR_NODE(&cache->by_kind);
}

/* -- the list --------------------------------------------------------------------------------- */

/**
 * cache_list() - from here on the cache is found
 */
void cache_list(struct kmem_cache *cache)
{
	unsigned long irq = km_spin_lock(&slab_caches_lock);

	cache->users = 1;
	cache->self = cache;
	INIT_LIST_HEAD(&cache->aliases);
	RB_CLEAR_NODE(&cache->by_kind);
	list_add_tail(&cache->caches, &slab_caches);
	name_insert_locked(cache);
	if (cache_merges(cache))
		kind_insert_locked(cache);
	km_spin_unlock(&slab_caches_lock, irq);
}

static void alias_free(struct cache_alias *alias)
{
	if (alias->name_page)
		page_give(alias->name_page, 0);
	cache_give(alias_cache, alias);
}

/**
 * cache_unlist() - from here on the cache is not found, nor under its other names
 */
void cache_unlist(struct kmem_cache *cache)
{
	unsigned long irq = km_spin_lock(&slab_caches_lock);

	cache->self = NULL;
	list_del(&cache->caches);
	rb_erase(&cache->by_name, &names_root);
	kind_remove_locked(cache);
	km_spin_unlock(&slab_caches_lock, irq);
	while (!list_empty(&cache->aliases)) {
		struct cache_alias *alias =
			list_first_entry(&cache->aliases, struct cache_alias, list);

		list_del(&alias->list);
		alias_free(alias);
	}
}

/**
 * cache_is_listed() - is @wanted, which may be any address, a cache?
 */
bool cache_is_listed(const struct kmem_cache *wanted)
{
	struct page *page = frame_of(wanted);

	if (!page || page->owner != PAGE_OWNER_SLAB || page->slab_cache != cache_of_caches)
		return false;
	return slab_object_of(cache_of_caches, frame_head(page), wanted) == wanted &&
	       __atomic_load_n(&wanted->self, __ATOMIC_RELAXED) == wanted;
}

/* -- users ------------------------------------------------------------------------------------ */

static struct cache_alias *alias_make(const char *name)
{
	struct cache_alias *alias = cache_take(alias_cache, GFP_KERNEL);
	const char *copy;

	if (!alias)
		return ERR_PTR(-ENOMEM);
	copy = name_copy(name, alias->name_room, &alias->name_page);
	if (IS_ERR(copy)) {
		cache_give(alias_cache, alias);
		return ERR_CAST(copy);
	}
	alias->name = copy;
	return alias;
}

static struct kmem_cache *join_locked(u32 slot, u32 size, slab_flags_t flags,
				      struct cache_alias *alias)
{
	struct kmem_cache *cache = kind_find_locked(slot, flags);

	if (!cache)
		return NULL;
	cache->users++;
	list_add(&alias->list, &cache->aliases);
	/* What is cleared must be enough for the largest of its users. */
	if (size > cache->object_size)
		cache->object_size = size;
	return cache;
}

/**
 * cache_join() - a cache that serves a request for another one of its kind (N2)
 * @slot: of the layout that a cache of its own would have
 * Return: the cache with one user more; NULL if there is none, or the request stands alone;
 *         ERR_PTR(-ENOMEM) if the name cannot be kept.
 */
struct kmem_cache *cache_join(const char *name, u32 slot, u32 size,
			      const struct kmem_cache_args *args, slab_flags_t flags)
{
	struct cache_alias *alias;
	struct kmem_cache *cache;
	unsigned long irq;

	if (!slab_merges || (flags & SLAB_NEVER_MERGE) || args->ctor || args->usersize)
		return NULL;
	irq = km_spin_lock(&slab_caches_lock);
	cache = kind_find_locked(slot, flags);
	km_spin_unlock(&slab_caches_lock, irq);
	if (!cache)
		return NULL;
	alias = alias_make(name);
	if (IS_ERR(alias))
		return ERR_CAST(alias);
	irq = km_spin_lock(&slab_caches_lock);
	cache = join_locked(slot, size, flags, alias);
	km_spin_unlock(&slab_caches_lock, irq);
	if (!cache)
		alias_free(alias);
	return cache;
}

/**
 * cache_leave() - one user less
 * Return: true if it was the last: nobody joins the cache any more.
 */
bool cache_leave(struct kmem_cache *cache)
{
	unsigned long irq = km_spin_lock(&slab_caches_lock);
	struct cache_alias *alias = NULL;
	bool is_last = cache->users == 1;

	if (is_last) {
		kind_remove_locked(cache);
	} else {
		cache->users--;
		alias = list_first_entry(&cache->aliases, struct cache_alias, list);
		list_del(&alias->list);
	}
	km_spin_unlock(&slab_caches_lock, irq);
	if (alias)
		alias_free(alias);
	return is_last;
}

/**
 * slab_cache_alias() - the name of a cache's @index-th alias, oldest first; NULL beyond the last
 * The answer is good as long as nobody destroys caches.
 */
const char *slab_cache_alias(struct kmem_cache *cache, unsigned int index)
{
	unsigned long irq = km_spin_lock(&slab_caches_lock);
	const char *name = NULL;
	struct cache_alias *alias;

	list_for_each_entry_reverse(alias, &cache->aliases, list) {
		if (!index--) {
			name = alias->name;
			break;
		}
	}
	km_spin_unlock(&slab_caches_lock, irq);
	return name;
}

static bool has_alias(struct kmem_cache *cache, const char *name)
{
	const char *alias;

	for (unsigned int i = 0; (alias = slab_cache_alias(cache, i)); i++)
		if (!strcmp(alias, name))
			return true;
	return false;
}

/**
 * slab_cache_named() - the cache of that name or, failing that, alias
 * For views: walks all caches when no cache was made under @name.
 */
struct kmem_cache *slab_cache_named(const char *name)
{
	struct kmem_cache *cache = cache_find(name);

	if (cache)
		return cache;
	for (cache = slab_cache_next(NULL); cache; cache = slab_cache_next(cache))
		if (has_alias(cache, name))
			break;
	return cache;
}

/* -- boot ------------------------------------------------------------------------------------- */

/**
 * names_boot() - no caches, and a cache for aliases
 */
int names_boot(void)
{
	static const struct kmem_cache_args args = { .align = __alignof__(struct cache_alias) };

	INIT_LIST_HEAD(&slab_caches);
	names_root = kinds_root = RB_ROOT;
	alias_cache = cache_make("kmem_cache_alias", sizeof(struct cache_alias), &args, 0,
				 CACHE_INTERNAL);
	return PTR_ERR_OR_ZERO(alias_cache);
}
