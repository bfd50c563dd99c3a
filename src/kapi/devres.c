/* SPDX-License-Identifier: MIT */
/*
 * devres.c - the list of what a device holds: added at its end, released from its end
 *
 * Owns: dev->devres_head, and the memory of its records.
 * R1  A record is on one device's list or on none; the list is in the order of adding.
 * R2  release() is called with the record off the list and no lock held; its memory goes after it.
 * R3  A group is two markers on the list.  Releasing it takes what lies between them; groups that
 *     lie in there as a whole go too, one that reaches out keeps its markers.
 * Lock: dev->devres_lock, irqs saved, for the list.  What release() does decides whether it sleeps.
 */
#include "kapi/devres.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/overflow.h>

struct devres_group {
	struct devres *marker[2];	/* open, close */
	void *id;
	unsigned int met;		/* markers met by the walk that is going on */
};

/* -- memory ----------------------------------------------------------------------------------- */

size_t devres_room(const struct devres *res)
{
	return __ksize(res) - offsetof(struct devres, data);
}

struct devres *devres_make(dr_release_t release, size_t bytes, gfp_t gfp, const char *name,
			   const struct slab_call *call)
{
	struct km_event event = {
		.point = KM_POINT_ALLOC_ASK, .family = call->family, .what = call->what,
		.bytes = bytes, .gfp = gfp, .caller = call->caller, .frame = call->frame,
	};
	struct devres *res;
	size_t whole;

	if (check_add_overflow(sizeof(struct devres), bytes, &whole))
		return NULL;
	if (watch_tell(&event) != KM_GO)
		return NULL;
	watch_enter();
	res = kmalloc_call(whole, gfp, call);
	watch_leave();
	event.point = res ? KM_POINT_ALLOC_DONE : KM_POINT_ALLOC_FAIL;
	if (res) {
		INIT_LIST_HEAD(&res->entry);
		res->release = release;
		res->name = name;
		res->bytes = bytes;
		res->is_told = watch_is_outer();
		event.object = res->data;
		event.usable = devres_room(res);
	}
	watch_tell(&event);
	return res;
}

struct devres *devres_make_silent(dr_release_t release, size_t bytes, const char *name)
{
	struct devres *res;

	watch_enter();
	res = devres_make(release, bytes, GFP_KERNEL, name, DEVRES_CALL(name));
	watch_leave();
	return res;
}

void devres_unmake(struct devres *res, const struct slab_call *call)
{
	if (res->is_told && slab_ask_free(res->data, NULL, call) != KM_GO)
		return;
	watch_enter();
	kfree_call(res, call);
	watch_leave();
}

/* -- one record ------------------------------------------------------------------------------- */

void devres_link(struct device *dev, struct devres *res)
{
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	if (!WARN_ON(!list_empty(&res->entry)))
		list_add_tail(&res->entry, &dev->devres_head);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
}

int devres_is(struct device *dev, void *res, void *match_data)
{
	return res == match_data;
}

/* The youngest first: what was added last is most likely meant. */
static struct devres *find_locked(struct device *dev, dr_release_t release, dr_match_t match,
				  void *match_data)
{
	struct devres *res;

	list_for_each_entry_reverse(res, &dev->devres_head, entry) {
		if (res->release != release)
			continue;
		if (!match || match(dev, res->data, match_data))
			return res;
	}
	return NULL;
}

struct devres *devres_unlink(struct device *dev, dr_release_t release, dr_match_t match,
			     void *match_data)
{
	struct devres *res;
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	res = find_locked(dev, release, match, match_data);
	if (res)
		list_del_init(&res->entry);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	return res;
}

struct devres *devres_swap(struct device *dev, const void *old_data, dr_release_t release,
			   struct devres *fresh)
{
	struct devres *old;
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	old = find_locked(dev, release, devres_is, (void *)old_data);
	if (old) {
		list_replace(&old->entry, &fresh->entry);
		INIT_LIST_HEAD(&old->entry);
	}
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	return old;
}

void *__devres_alloc_node(dr_release_t release, size_t size, gfp_t gfp, int nid, const char *name)
{
	struct devres *res = devres_make(release, size, gfp | __GFP_ZERO, name,
					 DEVRES_CALL("devres_alloc"));

	return res ? res->data : NULL;
}

void devres_free(void *data)
{
	struct devres *res;

	if (!data)
		return;
	res = devres_of(data);
	if (WARN_ON(!list_empty(&res->entry)))
		return;
	devres_unmake(res, DEVRES_CALL("devres_free"));
}

void devres_add(struct device *dev, void *data)
{
	devres_link(dev, devres_of(data));
}

void *devres_find(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
{
	struct devres *res;
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	res = find_locked(dev, release, match, match_data);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	return res ? res->data : NULL;
}

void *devres_get(struct device *dev, void *new_data, dr_match_t match, void *match_data)
{
	struct devres *fresh = devres_of(new_data), *res;
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	res = find_locked(dev, fresh->release, match, match_data);
	if (!res)
		list_add_tail(&fresh->entry, &dev->devres_head);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	if (!res)
		return new_data;
	devres_unmake(fresh, DEVRES_CALL("devres_get"));
	return res->data;
}

void *devres_remove(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
{
	struct devres *res = devres_unlink(dev, release, match, match_data);

	return res ? res->data : NULL;
}

int devres_destroy(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
{
	struct devres *res = devres_unlink(dev, release, match, match_data);

	if (!res)
		return -ENOENT;
	devres_unmake(res, DEVRES_CALL("devres_destroy"));
	return 0;
}

int devres_release(struct device *dev, dr_release_t release, dr_match_t match, void *match_data)
{
	struct devres *res = devres_unlink(dev, release, match, match_data);

	if (!res)
		return -ENOENT;
	res->release(dev, res->data);
	devres_unmake(res, DEVRES_CALL("devres_release"));
	return 0;
}

void devres_for_each_res(struct device *dev, dr_release_t release, dr_match_t match,
			 void *match_data, void (*fn)(struct device *, void *, void *), void *data)
{
	struct devres *res, *older;
	unsigned long flags;

	if (!fn)
		return;
	spin_lock_irqsave(&dev->devres_lock, flags);
	list_for_each_entry_safe_reverse(res, older, &dev->devres_head, entry) {
		if (res->release != release)
			continue;
		if (!match || match(dev, res->data, match_data))
			fn(dev, res->data, data);
	}
	spin_unlock_irqrestore(&dev->devres_lock, flags);
}

/* -- groups ----------------------------------------------------------------------------------- */

/* What a marker's release function would be: only its address matters. */
static void group_open(struct device *dev, void *res)
{
}

static void group_close(struct device *dev, void *res)
{
}

static bool is_marker(const struct devres *res)
{
	return res->release == group_open || res->release == group_close;
}

static struct devres_group *group_of(const struct devres *marker)
{
	return *(struct devres_group *const *)marker->data;
}

static void group_free(struct devres_group *group)
{
	watch_enter();
	for (unsigned int i = 0; i < 2; i++)
		if (group->marker[i])
			kfree(group->marker[i]);
	kfree(group);
	watch_leave();
}

/* The youngest group of that id, or the youngest that is still open. */
static struct devres_group *group_find_locked(struct device *dev, const void *id)
{
	struct devres *res;

	list_for_each_entry_reverse(res, &dev->devres_head, entry) {
		struct devres_group *group;

		if (res->release != group_open)
			continue;
		group = group_of(res);
		if (id ? group->id == id : list_empty(&group->marker[1]->entry))
			return group;
	}
	return NULL;
}

static struct devres *marker_make(struct devres_group *group, dr_release_t release, gfp_t gfp)
{
	struct devres *marker = kmalloc(sizeof(*marker) + sizeof(group), gfp);

	if (!marker)
		return NULL;
	INIT_LIST_HEAD(&marker->entry);
	marker->release = release;
	marker->name = "group";
	marker->bytes = sizeof(group);
	*(struct devres_group **)marker->data = group;
	return marker;
}

static struct devres_group *group_make(void *id, gfp_t gfp)
{
	struct devres_group *group = kmalloc(sizeof(*group), gfp | __GFP_ZERO);

	if (!group)
		return NULL;
	group->id = id ? id : group;
	group->marker[0] = marker_make(group, group_open, gfp);
	group->marker[1] = marker_make(group, group_close, gfp);
	if (group->marker[0] && group->marker[1])
		return group;
	group_free(group);
	return NULL;
}

void *devres_open_group(struct device *dev, void *id, gfp_t gfp)
{
	struct km_event event = {
		.point = KM_POINT_ALLOC_ASK, .family = KM_FAMILY_DEVRES,
		.what = "devres_open_group", .bytes = sizeof(struct devres_group), .gfp = gfp,
		.caller = WATCH_CALLER(), .frame = WATCH_FRAME(),
	};
	struct devres_group *group;
	unsigned long flags;

	if (watch_tell(&event) != KM_GO)
		return NULL;
	watch_enter();
	group = group_make(id, gfp);
	watch_leave();
	if (!group)
		return NULL;
	spin_lock_irqsave(&dev->devres_lock, flags);
	list_add_tail(&group->marker[0]->entry, &dev->devres_head);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	return group->id;
}

void devres_close_group(struct device *dev, void *id)
{
	struct devres_group *group;
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	group = group_find_locked(dev, id);
	if (!WARN_ON(!group))
		list_add_tail(&group->marker[1]->entry, &dev->devres_head);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
}

void devres_remove_group(struct device *dev, void *id)
{
	struct devres_group *group;
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	group = group_find_locked(dev, id);
	if (!WARN_ON(!group)) {
		list_del_init(&group->marker[0]->entry);
		list_del_init(&group->marker[1]->entry);
	}
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	if (group)
		group_free(group);
}

/* -- release ---------------------------------------------------------------------------------- */

/* Markers that a walk from @first up to @end meets: R3. */
static void count_markers_locked(struct list_head *first, struct list_head *end)
{
	for (struct list_head *at = first; at != end; at = at->next) {
		struct devres *res = list_entry(at, struct devres, entry);

		if (is_marker(res))
			group_of(res)->met = 0;
	}
	for (struct list_head *at = first; at != end; at = at->next) {
		struct devres *res = list_entry(at, struct devres, entry);

		if (!is_marker(res))
			continue;
		group_of(res)->met++;
		/* Never closed: it ends where the walk ends. */
		if (list_empty(&group_of(res)->marker[1]->entry))
			group_of(res)->met++;
	}
}

/* Moves what is to go from [@first, @end) to @out, in the order of the list. */
static void take_out_locked(struct list_head *first, struct list_head *end, struct list_head *out)
{
	struct list_head *next;

	count_markers_locked(first, end);
	for (struct list_head *at = first; at != end; at = next) {
		struct devres *res = list_entry(at, struct devres, entry);

		next = at->next;
		if (is_marker(res) && group_of(res)->met != 2)
			continue;
		list_move_tail(at, out);
	}
}

static int release_list(struct device *dev, struct list_head *out, const struct slab_call *call)
{
	struct devres *res, *older;
	int count = 0;

	list_for_each_entry_safe_reverse(res, older, out, entry) {
		list_del_init(&res->entry);
		if (is_marker(res)) {
			if (res->release == group_open)
				group_free(group_of(res));
			continue;
		}
		/* R2 */
		res->release(dev, res->data);
		devres_unmake(res, call);
		count++;
	}
	return count;
}

int devres_release_group(struct device *dev, void *id)
{
	const struct slab_call *call = DEVRES_CALL("devres_release_group");
	struct devres_group *group;
	unsigned long flags;
	LIST_HEAD(out);

	spin_lock_irqsave(&dev->devres_lock, flags);
	group = group_find_locked(dev, id);
	if (group) {
		struct list_head *last = &group->marker[1]->entry;

		take_out_locked(&group->marker[0]->entry,
				list_empty(last) ? &dev->devres_head : last->next, &out);
	}
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	/* A device that went away before its group is closed has none left: no warning then. */
	WARN_ON(!group && !list_empty(&dev->devres_head));
	return release_list(dev, &out, call);
}

/**
 * devres_release_all() - release everything a device holds, the youngest first
 * Context: as the release functions.   Return: how many; -ENODEV for a device never initialized.
 */
int devres_release_all(struct device *dev)
{
	const struct slab_call *call = DEVRES_CALL("devres_release_all");
	unsigned long flags;
	LIST_HEAD(out);

	if (WARN_ON(!dev->devres_head.next))
		return -ENODEV;
	spin_lock_irqsave(&dev->devres_lock, flags);
	take_out_locked(dev->devres_head.next, &dev->devres_head, &out);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	return release_list(dev, &out, call);
}
