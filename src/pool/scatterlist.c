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
#include "pool/tell.h"

/* -- walking ---------------------------------------------------------------------------------- */

struct scatterlist *sg_next(struct scatterlist *sg)
{
	if (sg_is_last(sg))
		return NULL;
	sg++;
	return sg_is_chain(sg) ? sg_chain_ptr(sg) : sg;
}

int sg_nents(struct scatterlist *sg)
{
	int count = 0;

	for (; sg; sg = sg_next(sg))
		count++;
	return count;
}

int sg_nents_for_len(struct scatterlist *sg, u64 len)
{
	u64 total = 0;
	int count = 0;

	if (!len)
		return 0;
	for (; sg; sg = sg_next(sg)) {
		count++;
		total += sg->length;
		if (total >= len)
			return count;
	}
	return -EINVAL;
}

struct scatterlist *sg_last(struct scatterlist *s, unsigned int nents)
{
	struct scatterlist *sg, *last = NULL;
	unsigned int i;

	for_each_sg(s, sg, nents, i)
		last = sg;
	return last;
}

void sg_init_table(struct scatterlist *sgl, unsigned int nents)
{
	memset(sgl, 0, sizeof(*sgl) * nents);
	sg_init_marker(sgl, nents);
}

void sg_init_one(struct scatterlist *sg, const void *buf, unsigned int buflen)
{
	sg_init_table(sg, 1);
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
		sg_init_table(sgl, slots);
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

void sg_miter_start(struct sg_mapping_iter *miter, struct scatterlist *sgl, unsigned int nents,
		    unsigned int flags)
{
	memset(miter, 0, sizeof(*miter));
	miter->sg = sgl;
	miter->left = nents;
	miter->flags = flags;
}

/* What the caller has used of the last piece is done. */
static void miter_advance(struct sg_mapping_iter *miter)
{
	miter->done += miter->consumed;
	miter->page = NULL;
	miter->addr = NULL;
	miter->length = miter->consumed = 0;
	while (miter->left && miter->done >= miter->sg->length) {
		miter->done -= miter->sg->length;
		miter->sg = --miter->left ? sg_next(miter->sg) : NULL;
		if (!miter->sg)
			miter->left = 0;
	}
}

bool sg_miter_next(struct sg_mapping_iter *miter)
{
	unsigned long at;

	miter_advance(miter);
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

bool sg_miter_skip(struct sg_mapping_iter *miter, off_t offset)
{
	while (offset > 0) {
		if (!sg_miter_next(miter))
			return false;
		miter->consumed = min_t(size_t, miter->length, offset);
		offset -= miter->consumed;
	}
	miter_advance(miter);
	return true;
}

void sg_miter_stop(struct sg_mapping_iter *miter)
{
	miter_advance(miter);
}

/* -- copying ---------------------------------------------------------------------------------- */

enum sg_move { TO_BUFFER, FROM_BUFFER, ZERO };

static size_t move_bytes(struct scatterlist *sgl, unsigned int nents, char *buf, size_t bytes,
			 off_t skip, enum sg_move move)
{
	struct sg_mapping_iter miter;
	size_t done = 0;

	sg_miter_start(&miter, sgl, nents, 0);
	if (!sg_miter_skip(&miter, skip))
		return 0;
	while (done < bytes && sg_miter_next(&miter)) {
		size_t count = min(miter.length, bytes - done);

		if (move == TO_BUFFER)
			memcpy(buf + done, miter.addr, count);
		else if (move == FROM_BUFFER)
			memcpy(miter.addr, buf + done, count);
		else
			memset(miter.addr, 0, count);
		done += count;
	}
	sg_miter_stop(&miter);
	return done;
}

size_t sg_copy_buffer(struct scatterlist *sgl, unsigned int nents, void *buf, size_t buflen,
		      off_t skip, bool to_buffer)
{
	return move_bytes(sgl, nents, buf, buflen, skip, to_buffer ? TO_BUFFER : FROM_BUFFER);
}

size_t sg_copy_from_buffer(struct scatterlist *sgl, unsigned int nents, const void *buf,
			   size_t buflen)
{
	return move_bytes(sgl, nents, (char *)buf, buflen, 0, FROM_BUFFER);
}

size_t sg_copy_to_buffer(struct scatterlist *sgl, unsigned int nents, void *buf, size_t buflen)
{
	return move_bytes(sgl, nents, buf, buflen, 0, TO_BUFFER);
}

size_t sg_pcopy_from_buffer(struct scatterlist *sgl, unsigned int nents, const void *buf,
			    size_t buflen, off_t skip)
{
	return move_bytes(sgl, nents, (char *)buf, buflen, skip, FROM_BUFFER);
}

size_t sg_pcopy_to_buffer(struct scatterlist *sgl, unsigned int nents, void *buf, size_t buflen,
			  off_t skip)
{
	return move_bytes(sgl, nents, buf, buflen, skip, TO_BUFFER);
}

size_t sg_zero_buffer(struct scatterlist *sgl, unsigned int nents, size_t buflen, off_t skip)
{
	return move_bytes(sgl, nents, NULL, buflen, skip, ZERO);
}
