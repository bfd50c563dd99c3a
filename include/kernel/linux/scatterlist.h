/* SPDX-License-Identifier: MIT */
/*
 * scatterlist.h - pieces of memory that a device is given as one buffer
 *
 * An array of entries, each a page, an offset and a length; the last is marked; an entry may be a
 * link to another array.
 */
#ifndef _LINUX_SCATTERLIST_H
#define _LINUX_SCATTERLIST_H

#include <linux/string.h>
#include <linux/types.h>
#include <linux/bug.h>
#include <linux/mm.h>
#include <asm/io.h>

struct scatterlist {
	/* the page, or the next array; low bits: SG_CHAIN, SG_END */
	unsigned long page_link;
	unsigned int offset;
	unsigned int length;
	dma_addr_t dma_address;		/* after dma_map_sg() */
	unsigned int dma_length;
};

#define sg_dma_address(sg)	((sg)->dma_address)
#define sg_dma_len(sg)		((sg)->dma_length)

struct sg_table {
	struct scatterlist *sgl;
	unsigned int nents;		/* mapped */
	unsigned int orig_nents;
};

#define SG_CHAIN		0x01UL
#define SG_END			0x02UL
#define SG_PAGE_LINK_MASK	(SG_CHAIN | SG_END)
#define SG_MAX_SINGLE_ALLOC	(PAGE_SIZE / sizeof(struct scatterlist))
#define SG_CHUNK_SIZE		128
#define SG_MAX_SEGMENTS		2048

/* Absent: sg_split - nobody asked for it */
/* Absent: sg_alloc_append_table_from_pages - tables here do not grow */
/* Absent: sgl_alloc - nobody asked for it */

static inline unsigned int __sg_flags(struct scatterlist *sg)
{
	return sg->page_link & SG_PAGE_LINK_MASK;
}

static inline struct scatterlist *sg_chain_ptr(struct scatterlist *sg)
{
	return (struct scatterlist *)(sg->page_link & ~SG_PAGE_LINK_MASK);
}

static inline bool sg_is_chain(struct scatterlist *sg)
{
	return __sg_flags(sg) & SG_CHAIN;
}

static inline bool sg_is_last(struct scatterlist *sg)
{
	return __sg_flags(sg) & SG_END;
}

static inline void sg_assign_page(struct scatterlist *sg, struct page *page)
{
	BUG_ON((unsigned long)page & SG_PAGE_LINK_MASK);
	sg->page_link = __sg_flags(sg) | (unsigned long)page;
}

static inline void
sg_set_page(struct scatterlist *sg, struct page *page, unsigned int len, unsigned int offset)
{
	sg_assign_page(sg, page);
	sg->offset = offset;
	sg->length = len;
}

static inline void
sg_set_folio(struct scatterlist *sg, struct folio *folio, size_t len, size_t offset)
{
	sg_set_page(sg, &folio->page, len, offset);
}

static inline struct page *sg_page(struct scatterlist *sg)
{
	return (struct page *)(sg->page_link & ~SG_PAGE_LINK_MASK);
}

static inline void sg_set_buf(struct scatterlist *sg, const void *buf, unsigned int buflen)
{
	sg_set_page(sg, virt_to_page(buf), buflen, offset_in_page(buf));
}

#define for_each_sg(sglist, sg, nr, __i)	\
	for (__i = 0, sg = (sglist); __i < (nr); __i++, sg = sg_next(sg))
#define for_each_sgtable_sg(sgt, sg, i)		for_each_sg((sgt)->sgl, sg, (sgt)->orig_nents, i)
#define for_each_sgtable_dma_sg(sgt, sg, i)	for_each_sg((sgt)->sgl, sg, (sgt)->nents, i)

static inline void __sg_chain(struct scatterlist *chain_sg, struct scatterlist *sgl)
{
	chain_sg->offset = 0;
	chain_sg->length = 0;
	chain_sg->page_link = ((unsigned long)sgl | SG_CHAIN) & ~SG_END;
}

static inline void
sg_chain(struct scatterlist *prv, unsigned int prv_nents, struct scatterlist *sgl)
{
	__sg_chain(&prv[prv_nents - 1], sgl);
}

static inline void sg_mark_end(struct scatterlist *sg)
{
	sg->page_link = (sg->page_link | SG_END) & ~SG_CHAIN;
}

static inline void sg_unmark_end(struct scatterlist *sg)
{
	sg->page_link &= ~SG_END;
}

static inline void sg_init_marker(struct scatterlist *sgl, unsigned int nents)
{
	sg_mark_end(&sgl[nents - 1]);
}

static inline dma_addr_t sg_phys(struct scatterlist *sg)
{
	return page_to_phys(sg_page(sg)) + sg->offset;
}

static inline void *sg_virt(struct scatterlist *sg)
{
	return (char *)page_address(sg_page(sg)) + sg->offset;
}

int sg_nents(struct scatterlist *sg) KM_SYM(sg_nents);
/* entries that hold @len bytes; -EINVAL when all hold fewer */
int sg_nents_for_len(struct scatterlist *sg, u64 len) KM_SYM(sg_nents_for_len);
struct scatterlist *sg_next(struct scatterlist *sg) KM_SYM(sg_next);	/* NULL behind the last */
struct scatterlist *sg_last(struct scatterlist *s, unsigned int nents) KM_SYM(sg_last);
void sg_init_table(struct scatterlist *sgl, unsigned int nents) KM_SYM(sg_init_table);
void sg_init_one(struct scatterlist *sg, const void *buf, unsigned int buflen) KM_SYM(sg_init_one);

/* 0, -ENOMEM, or -EINVAL for no entries; above SG_MAX_SINGLE_ALLOC entries: linked arrays */
int sg_alloc_table(struct sg_table *table, unsigned int nents, gfp_t gfp) KM_SYM(sg_alloc_table);
void sg_free_table(struct sg_table *table) KM_SYM(sg_free_table);
/* Neighbouring pages share an entry of at most @max_segment bytes. */
int sg_alloc_table_from_pages_segment(struct sg_table *sgt, struct page **pages,
				      unsigned int n_pages, unsigned int offset,
				      unsigned long size, unsigned int max_segment, gfp_t gfp)
	KM_SYM(sg_alloc_table_from_pages_segment);
static inline int
sg_alloc_table_from_pages(struct sg_table *sgt, struct page **pages, unsigned int n_pages,
			  unsigned int offset, unsigned long size, gfp_t gfp)
{
	return sg_alloc_table_from_pages_segment(sgt, pages, n_pages, offset, size, UINT_MAX, gfp);
}

/* bytes copied; what is behind the last entry is left out */
size_t sg_copy_buffer(struct scatterlist *sgl, unsigned int nents, void *buf, size_t buflen,
		      off_t skip, bool to_buffer) KM_SYM(sg_copy_buffer);
size_t sg_copy_from_buffer(struct scatterlist *sgl, unsigned int nents, const void *buf,
			   size_t buflen) KM_SYM(sg_copy_from_buffer);
size_t sg_copy_to_buffer(struct scatterlist *sgl, unsigned int nents, void *buf, size_t buflen)
	KM_SYM(sg_copy_to_buffer);
size_t sg_pcopy_from_buffer(struct scatterlist *sgl, unsigned int nents, const void *buf,
			    size_t buflen, off_t skip) KM_SYM(sg_pcopy_from_buffer);
size_t sg_pcopy_to_buffer(struct scatterlist *sgl, unsigned int nents, void *buf, size_t buflen,
			  off_t skip) KM_SYM(sg_pcopy_to_buffer);
size_t sg_zero_buffer(struct scatterlist *sgl, unsigned int nents, size_t buflen, off_t skip)
	KM_SYM(sg_zero_buffer);

#define SG_MITER_ATOMIC		(1 << 0)
#define SG_MITER_TO_SG		(1 << 1)
#define SG_MITER_FROM_SG	(1 << 2)

/* A walk that maps a piece after the other; nothing here is ever unmapped. */
struct sg_mapping_iter {
	struct page *page;		/* of the piece */
	void *addr;
	size_t length;
	size_t consumed;		/* the caller may lower it: the rest comes again */
	/* the walk's own */
	struct scatterlist *sg;
	unsigned int left;		/* entries, that of sg counted */
	unsigned int done;		/* bytes of sg */
	unsigned int flags;
};
void sg_miter_start(struct sg_mapping_iter *miter, struct scatterlist *sgl, unsigned int nents,
		    unsigned int flags) KM_SYM(sg_miter_start);
bool sg_miter_skip(struct sg_mapping_iter *miter, off_t offset) KM_SYM(sg_miter_skip);
bool sg_miter_next(struct sg_mapping_iter *miter) KM_SYM(sg_miter_next);
void sg_miter_stop(struct sg_mapping_iter *miter) KM_SYM(sg_miter_stop);

/* What a gfp says to the compiler: linux/compiler_context.h. */
#ifdef KM_GFP_IS_LOOKED_AT
#define sg_alloc_table(_table, _nents, _gfp)	sg_alloc_table(_table, _nents, KM_GFP(_gfp))
#define sg_alloc_table_from_pages_segment(_sgt, _pages, _n_pages, _offset,	\
	_size, _max_segment, _gfp)	\
	sg_alloc_table_from_pages_segment(_sgt, _pages, _n_pages, _offset, _size,	\
		_max_segment, KM_GFP(_gfp))
#define sg_alloc_table_from_pages(_sgt, _pages, _n_pages, _offset, _size, _gfp)	\
	sg_alloc_table_from_pages(_sgt, _pages, _n_pages, _offset, _size, KM_GFP(_gfp))
#endif

#endif
