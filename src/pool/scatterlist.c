/* SPDX-License-Identifier: MIT */
/*
 * scatterlist.c - arrays of pieces: walking them, making them, copying through them
 *
 * S1  An array of a table has at most SG_MAX_SINGLE_ALLOC entries; when there are more to come its
 *     last entry links the next array and holds no piece.
 * Owns the arrays of tables it made.  No lock; only making a table sleeps, if its gfp may block.
 */
#include <linux/scatterlist.h>

#include <linux/errno.h>
#include <linux/minmax.h>
#include "kern/tell.h"
#include "pool/tell.h"

/* -- walking ---------------------------------------------------------------------------------- */

static struct scatterlist *next_of(struct scatterlist *sg, const struct asker *asker)
{
	touch_for(asker, sg, sizeof(*sg), false);
	if (sg_is_last(sg))
		return NULL;
	sg++;
	touch_for(asker, sg, sizeof(*sg), false);
	return sg_is_chain(sg) ? sg_chain_ptr(sg) : sg;
}

struct scatterlist *sg_next(struct scatterlist *sg)
{
	return next_of(sg, ASKER());
}

int sg_nents(struct scatterlist *sg)
{
	int count = 0;

	for (; sg; sg = next_of(sg, ASKER()))
		count++;
	return count;
}

int sg_nents_for_len(struct scatterlist *sg, u64 len)
{
	u64 total = 0;
	int count = 0;

	if (!len)
		return 0;
	for (; sg; sg = next_of(sg, ASKER())) {
		count++;
		total += sg->length;
		if (total >= len)
			return count;
	}
	return -EINVAL;
}

struct scatterlist *sg_last(struct scatterlist *s, unsigned int nents)
{
	struct scatterlist *last = NULL;

	for (; nents; nents--) {
		last = s;
		s = next_of(s, ASKER());
	}
	return last;
}

static void table_init(struct scatterlist *sgl, unsigned int nents)
{
	memset(sgl, 0, sizeof(*sgl) * nents);
	sg_init_marker(sgl, nents);
}

void sg_init_table(struct scatterlist *sgl, unsigned int nents)
{
	if (TOUCH_BYTES(sgl, sizeof(*sgl) * nents, true))
		table_init(sgl, nents);
}

void sg_init_one(struct scatterlist *sg, const void *buf, unsigned int buflen)
{
	TOUCH(sg);
	table_init(sg, 1);
	sg_set_buf(sg, buf, buflen);
}

/* -- tables ----------------------------------------------------------------------------------- */

/* Frees the arrays of @entries pieces from @sgl on.  Each is an object of its own to rules. */
static void arrays_free(struct scatterlist *sgl, unsigned int entries, const struct slab_call *call)
{
	while (entries) {
		unsigned int here = entries;
		struct scatterlist *next = NULL;

		if (entries > SG_MAX_SINGLE_ALLOC) {
			here = SG_MAX_SINGLE_ALLOC - 1;
			next = sg_chain_ptr(&sgl[SG_MAX_SINGLE_ALLOC - 1]);
		}
		if (pool_ask_free(call, sgl))
			pool_own_free(sgl);
		entries -= here;
		sgl = next;
	}
}

static struct scatterlist *array_make(unsigned int slots, gfp_t gfp, const struct slab_call *call)
{
	size_t bytes = slots * sizeof(struct scatterlist);
	struct scatterlist *sgl = pool_own_alloc(bytes, gfp, NUMA_NO_NODE);

	if (sgl)
		table_init(sgl, slots);
	pool_tell(call, sgl, bytes, bytes, NULL, gfp);
	return sgl;
}

static int arrays_make(struct sg_table *table, unsigned int nents, gfp_t gfp,
		       const struct slab_call *call)
{
	unsigned int left = nents, made = 0;
	struct scatterlist *before = NULL;

	memset(table, 0, sizeof(*table));
	while (left) {
		unsigned int slots = min_t(unsigned int, left, SG_MAX_SINGLE_ALLOC);
		unsigned int here = left > SG_MAX_SINGLE_ALLOC ? slots - 1 : slots;
		struct scatterlist *sgl = array_make(slots, gfp, call);

		if (!sgl)
			goto out_free;
		if (before)
			sg_chain(before, SG_MAX_SINGLE_ALLOC, sgl);
		else
			table->sgl = sgl;
		before = sgl;
		left -= here;
		made += here;
	}
	table->nents = table->orig_nents = nents;
	return 0;
out_free:
	/* The last one made was to be linked on: as an end of its own it has a slot more. */
	arrays_free(table->sgl, before ? made + 1 : 0, call);
	memset(table, 0, sizeof(*table));
	return -ENOMEM;
}

static int table_make(struct sg_table *table, unsigned int nents, gfp_t gfp,
		      const struct slab_call *call)
{
	if (!nents)
		return -EINVAL;
	if (pool_ask(call, size_mul(nents, sizeof(struct scatterlist)), gfp, false))
		return arrays_make(table, nents, gfp, call);
	memset(table, 0, sizeof(*table));
	return -ENOMEM;
}

int sg_alloc_table(struct sg_table *table, unsigned int nents, gfp_t gfp)
{
	return table_make(table, nents, gfp, POOL_CALL("sg_alloc_table", KM_FAMILY_DMA));
}

void sg_free_table(struct sg_table *table)
{
	const struct slab_call *call = POOL_CALL("sg_free_table", KM_FAMILY_DMA);

	TOUCH(table);
	if (!table->sgl)
		return;
	arrays_free(table->sgl, table->orig_nents, call);
	memset(table, 0, sizeof(*table));
}

/* How many of @pages from @first on follow each other and fit in one piece. */
static unsigned int run_of(struct page **pages, unsigned int first, unsigned int n_pages,
			   unsigned int most)
{
	unsigned int i = first + 1;

	while (i < n_pages && i - first < most &&
	       page_to_pfn(pages[i]) == page_to_pfn(pages[i - 1]) + 1)
		i++;
	return i - first;
}

int sg_alloc_table_from_pages_segment(struct sg_table *sgt, struct page **pages,
				      unsigned int n_pages, unsigned int offset,
				      unsigned long size, unsigned int max_segment, gfp_t gfp)
{
	const struct slab_call *call = POOL_CALL("sg_alloc_table_from_pages", KM_FAMILY_DMA);
	unsigned int most = max_segment >> PAGE_SHIFT, pieces = 0, first = 0;
	struct scatterlist *sg;
	int error;

	if (!most || offset >= PAGE_SIZE)
		return -EINVAL;
	for (unsigned int i = 0; i < n_pages; i += run_of(pages, i, n_pages, most))
		pieces++;
	error = table_make(sgt, pieces, gfp, call);
	if (error)
		return error;
	for (sg = sgt->sgl; sg; sg = sg_next(sg)) {
		unsigned int run = run_of(pages, first, n_pages, most);
		unsigned long bytes = min(size, ((unsigned long)run << PAGE_SHIFT) - offset);

		sg_set_page(sg, pages[first], bytes, offset);
		size -= bytes;
		offset = 0;
		first += run;
	}
	return 0;
}

/* -- going through the bytes ------------------------------------------------------------------ */

static void miter_start(struct sg_mapping_iter *miter, struct scatterlist *sgl, unsigned int nents,
			unsigned int flags)
{
	memset(miter, 0, sizeof(*miter));
	miter->sg = sgl;
	miter->left = nents;
	miter->flags = flags;
}

void sg_miter_start(struct sg_mapping_iter *miter, struct scatterlist *sgl, unsigned int nents,
		    unsigned int flags)
{
	TOUCH(miter);
	miter_start(miter, sgl, nents, flags);
}

/* What the caller has used of the last piece is done. */
static void miter_advance(struct sg_mapping_iter *miter, const struct asker *asker)
{
	miter->done += miter->consumed;
	miter->page = NULL;
	miter->addr = NULL;
	miter->length = miter->consumed = 0;
	while (miter->left && miter->done >= miter->sg->length) {
		miter->done -= miter->sg->length;
		miter->sg = --miter->left ? next_of(miter->sg, asker) : NULL;
		if (!miter->sg)
			miter->left = 0;
	}
}

static bool miter_next(struct sg_mapping_iter *miter, const struct asker *asker)
{
	unsigned long at;

	miter_advance(miter, asker);
	if (!miter->left)
		return false;
	at = miter->sg->offset + miter->done;
	miter->page = nth_page(sg_page(miter->sg), at >> PAGE_SHIFT);
	miter->addr = (char *)page_address(miter->page) + offset_in_page(at);
	miter->length = min_t(size_t, miter->sg->length - miter->done,
			      PAGE_SIZE - offset_in_page(at));
	miter->consumed = miter->length;
	return true;
}

bool sg_miter_next(struct sg_mapping_iter *miter)
{
	TOUCH(miter);
	return miter_next(miter, ASKER());
}

static bool miter_skip(struct sg_mapping_iter *miter, off_t offset, const struct asker *asker)
{
	while (offset > 0) {
		if (!miter_next(miter, asker))
			return false;
		miter->consumed = min_t(size_t, miter->length, offset);
		offset -= miter->consumed;
	}
	miter_advance(miter, asker);
	return true;
}

bool sg_miter_skip(struct sg_mapping_iter *miter, off_t offset)
{
	TOUCH(miter);
	return miter_skip(miter, offset, ASKER());
}

void sg_miter_stop(struct sg_mapping_iter *miter)
{
	TOUCH(miter);
	miter_advance(miter, ASKER());
}

/* -- copying ---------------------------------------------------------------------------------- */

enum sg_move { TO_BUFFER, FROM_BUFFER, ZERO };

static size_t move_bytes(struct scatterlist *sgl, unsigned int nents, char *buf, size_t bytes,
			 off_t skip, enum sg_move move, const struct asker *asker)
{
	struct sg_mapping_iter miter;
	size_t done = 0;

	miter_start(&miter, sgl, nents, 0);
	if (!miter_skip(&miter, skip, asker))
		return 0;
	while (done < bytes && miter_next(&miter, asker)) {
		size_t count = min(miter.length, bytes - done);

		if (!touch_for(asker, miter.addr, count, move != TO_BUFFER) ||
		    (move != ZERO && !touch_for(asker, buf + done, count, move == TO_BUFFER)))
			break;
		if (move == TO_BUFFER)
			memcpy(buf + done, miter.addr, count);
		else if (move == FROM_BUFFER)
			memcpy(miter.addr, buf + done, count);
		else
			memset(miter.addr, 0, count);
		done += count;
	}
	return done;
}

size_t sg_copy_buffer(struct scatterlist *sgl, unsigned int nents, void *buf, size_t buflen,
		      off_t skip, bool to_buffer)
{
	return move_bytes(sgl, nents, buf, buflen, skip, to_buffer ? TO_BUFFER : FROM_BUFFER,
			  ASKER());
}

size_t sg_copy_from_buffer(struct scatterlist *sgl, unsigned int nents, const void *buf,
			   size_t buflen)
{
	return move_bytes(sgl, nents, (char *)buf, buflen, 0, FROM_BUFFER, ASKER());
}

size_t sg_copy_to_buffer(struct scatterlist *sgl, unsigned int nents, void *buf, size_t buflen)
{
	return move_bytes(sgl, nents, buf, buflen, 0, TO_BUFFER, ASKER());
}

size_t sg_pcopy_from_buffer(struct scatterlist *sgl, unsigned int nents, const void *buf,
			    size_t buflen, off_t skip)
{
	return move_bytes(sgl, nents, (char *)buf, buflen, skip, FROM_BUFFER, ASKER());
}

size_t sg_pcopy_to_buffer(struct scatterlist *sgl, unsigned int nents, void *buf, size_t buflen,
			  off_t skip)
{
	return move_bytes(sgl, nents, buf, buflen, skip, TO_BUFFER, ASKER());
}

size_t sg_zero_buffer(struct scatterlist *sgl, unsigned int nents, size_t buflen, off_t skip)
{
	return move_bytes(sgl, nents, NULL, buflen, skip, ZERO, ASKER());
}
