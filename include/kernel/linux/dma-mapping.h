/* SPDX-License-Identifier: MIT */
/*
 * dma-mapping.h - memory that a device reads and writes by itself
 *
 * Bus addresses are physical ones, and memory is coherent: nothing is copied, no cache is flushed.
 * A device reaches what its mask says: memory above it is bounced for one that reaches 4 GiB, as
 * with swiotlb, and refused for others.
 */
#ifndef _LINUX_DMA_MAPPING_H
#define _LINUX_DMA_MAPPING_H

#include <linux/device.h>
#include <linux/err.h>
#include <linux/dma-direction.h>
#include <linux/limits.h>
#include <linux/scatterlist.h>
#include <linux/sizes.h>
#include <linux/bug.h>
#include <linux/cache.h>

#define DMA_ATTR_WEAK_ORDERING		(1UL << 1)
#define DMA_ATTR_WRITE_COMBINE		(1UL << 2)
#define DMA_ATTR_NO_KERNEL_MAPPING	(1UL << 4)	/* the address is not to be used */
#define DMA_ATTR_SKIP_CPU_SYNC		(1UL << 5)
#define DMA_ATTR_FORCE_CONTIGUOUS	(1UL << 6)
#define DMA_ATTR_ALLOC_SINGLE_PAGES	(1UL << 7)
#define DMA_ATTR_NO_WARN		(1UL << 8)
#define DMA_ATTR_PRIVILEGED		(1UL << 9)

#define DMA_MAPPING_ERROR	(~(dma_addr_t)0)
#define DMA_BIT_MASK(n)		(((n) == 64) ? ~0ULL : ((1ULL << (n)) - 1))

/* Absent: dma_mmap_attrs - no user space to map it into */
/* Absent: dma_mmap_pages - no user space to map it into */
/* Absent: dma_declare_coherent_memory - no memory outside RAM */

/**
 * dma_mapping_error() - did dma_map_*() refuse?
 * Return: 0, or -ENOMEM for DMA_MAPPING_ERROR.
 */
int dma_mapping_error(struct device *dev, dma_addr_t dma_addr) KM_SYM(dma_mapping_error);

/* -- masks ------------------------------------------------------------------------------------ */
/**
 * dma_set_mask() - how far the device reaches with dma_map_*()
 * @mask: all bits up to the highest address line
 * Also: dma_set_coherent_mask(), for dma_alloc_*(); dma_set_mask_and_coherent(), for both
 * Return: 0; -EIO when no RAM lies below it, or the device has no dma_mask.
 */
int dma_set_mask(struct device *dev, u64 mask) KM_SYM(dma_set_mask);
int dma_set_coherent_mask(struct device *dev, u64 mask) KM_SYM(dma_set_coherent_mask);

/**
 * dma_set_mask_and_coherent() - both masks
 * Context: task.   Return: 0, or -EIO as dma_set_mask(), and then neither is set.
 */
static inline int dma_set_mask_and_coherent(struct device *dev, u64 mask)
{
	int rc = dma_set_mask(dev, mask);

	if (rc == 0)
		dma_set_coherent_mask(dev, mask);
	return rc;
}

static inline int dma_coerce_mask_and_coherent(struct device *dev, u64 mask)
{
	dev->dma_mask = &dev->coherent_dma_mask;
	return dma_set_mask_and_coherent(dev, mask);
}

static inline u64 dma_get_mask(struct device *dev)
{
	return dev->dma_mask && *dev->dma_mask ? *dev->dma_mask : DMA_BIT_MASK(32);
}

/* The smallest mask that covers all RAM. */
u64 dma_get_required_mask(struct device *dev) KM_SYM(dma_get_required_mask);
bool dma_addressing_limited(struct device *dev) KM_SYM(dma_addressing_limited);
size_t dma_max_mapping_size(struct device *dev) KM_SYM(dma_max_mapping_size);
size_t dma_opt_mapping_size(struct device *dev) KM_SYM(dma_opt_mapping_size);
unsigned long dma_get_merge_boundary(struct device *dev) KM_SYM(dma_get_merge_boundary);
bool dma_can_mmap(struct device *dev) KM_SYM(dma_can_mmap);

static inline unsigned int dma_get_max_seg_size(struct device *dev)
{
	if (dev->dma_parms && dev->dma_parms->max_segment_size)
		return dev->dma_parms->max_segment_size;
	return SZ_64K;
}

static inline void dma_set_max_seg_size(struct device *dev, unsigned int size)
{
	if (!WARN_ON_ONCE(!dev->dma_parms))
		dev->dma_parms->max_segment_size = size;
}

static inline unsigned long dma_get_seg_boundary(struct device *dev)
{
	if (dev->dma_parms && dev->dma_parms->segment_boundary_mask)
		return dev->dma_parms->segment_boundary_mask;
	return ULONG_MAX;
}

static inline void dma_set_seg_boundary(struct device *dev, unsigned long mask)
{
	if (!WARN_ON_ONCE(!dev->dma_parms))
		dev->dma_parms->segment_boundary_mask = mask;
}

static inline unsigned int dma_get_min_align_mask(struct device *dev)
{
	return dev->dma_parms ? dev->dma_parms->min_align_mask : 0;
}

static inline void dma_set_min_align_mask(struct device *dev, unsigned int min_align_mask)
{
	if (!WARN_ON_ONCE(!dev->dma_parms))
		dev->dma_parms->min_align_mask = min_align_mask;
}

static inline int dma_get_cache_alignment(void)
{
	return 1;
}

/* -- coherent memory -------------------------------------------------------------------------- */
/**
 * dma_alloc_attrs() - zeroed memory within the device's coherent mask
 * @size: bytes; whole pages are taken; 0: WARN, NULL
 * @ret_handle: what the device is given
 * @gfp: zone bits are taken out, the mask decides; __GFP_COMP: WARN, NULL
 * @attrs: DMA_ATTR_*; other bits: WARN, NULL
 *
 * Also: dma_alloc_coherent(), dma_alloc_wc()
 * Context: task, nothing held, if @gfp may block; otherwise any but NMI.
 * Return:  the memory, aligned to the smallest order of pages that holds @size; or NULL.
 */
void dma_free_attrs(struct device *dev, size_t size, void *cpu_addr, dma_addr_t handle,
		    unsigned long attrs) KM_SYM(dma_free_attrs);
void dma_free_coherent(struct device *dev, size_t size, void *cpu_addr, dma_addr_t handle)
	KM_SYM(dma_free_coherent);
void dma_free_wc(struct device *dev, size_t size, void *cpu_addr, dma_addr_t handle)
	KM_SYM(dma_free_wc);
#define KM_FREED_BY_DMA								\
	KM_FREED_BY(dma_free_attrs, 3) KM_FREED_BY(dma_free_coherent, 3)	\
	KM_FREED_BY(dma_free_wc, 3) __alloc_size(2) __km_result
void *dma_alloc_attrs(struct device *dev, size_t size, dma_addr_t *ret_handle, gfp_t gfp,
		      unsigned long attrs) KM_SYM(dma_alloc_attrs) KM_FREED_BY_DMA;
/**
 * dma_free_attrs() - give DMA memory back
 * @size, @cpu_addr, @handle: as they were, else WARN and nothing is freed; @cpu_addr NULL: nothing
 * Also: dma_free_coherent(), dma_free_wc()
 * Context: task, interrupts on (WARN otherwise).
 */
void dma_free_attrs(struct device *dev, size_t size, void *cpu_addr, dma_addr_t handle,
		    unsigned long attrs) KM_SYM(dma_free_attrs);
void *dma_alloc_coherent(struct device *dev, size_t size, dma_addr_t *ret_handle, gfp_t gfp)
	KM_SYM(dma_alloc_coherent) KM_FREED_BY_DMA;
void dma_free_coherent(struct device *dev, size_t size, void *cpu_addr, dma_addr_t handle)
	KM_SYM(dma_free_coherent);
void *dma_alloc_wc(struct device *dev, size_t size, dma_addr_t *ret_handle, gfp_t gfp)
	KM_SYM(dma_alloc_wc) KM_FREED_BY_DMA;
void dma_free_wc(struct device *dev, size_t size, void *cpu_addr, dma_addr_t handle)
	KM_SYM(dma_free_wc);
/**
 * dmam_alloc_attrs() - dma_alloc_attrs() for as long as the device is bound
 * Also: dmam_alloc_coherent()
 * Context: task, may sleep.   Return: the memory, zeroed; NULL without memory.
 */
void *dmam_alloc_attrs(struct device *dev, size_t size, dma_addr_t *ret_handle, gfp_t gfp,
		       unsigned long attrs) KM_SYM(dmam_alloc_attrs);
void *dmam_alloc_coherent(struct device *dev, size_t size, dma_addr_t *ret_handle, gfp_t gfp)
	KM_SYM(dmam_alloc_coherent);
void dmam_free_coherent(struct device *dev, size_t size, void *vaddr, dma_addr_t handle)
	KM_SYM(dmam_free_coherent);
bool dma_coherent_ok(struct device *dev, phys_addr_t phys, size_t size) KM_SYM(dma_coherent_ok);
/* a table with the one piece that such memory is; 0 or -ENOMEM */
int dma_get_sgtable_attrs(struct device *dev, struct sg_table *sgt, void *cpu_addr,
			  dma_addr_t dma_addr, size_t size, unsigned long attrs)
	KM_SYM(dma_get_sgtable_attrs);
#define dma_get_sgtable(d, t, v, h, s)	dma_get_sgtable_attrs(d, t, v, h, s, 0)

/* -- pages and memory that need dma_sync_*() on other machines --------------------------------- */
/**
 * dma_alloc_pages() - the same memory, by its first page; @gfp without zone bits (WARN, NULL)
 * Also: dma_alloc_noncoherent(), the same by its address
 * Context: as @gfp says.   Return: zeroed; NULL without memory.
 */
struct page *dma_alloc_pages(struct device *dev, size_t size, dma_addr_t *ret_handle,
			     enum dma_data_direction dir, gfp_t gfp) KM_SYM(dma_alloc_pages);
/**
 * dma_free_pages() - give it back: @size and @handle as they were
 * Also: dma_free_noncoherent()
 * Context: task, interrupts on.
 */
void dma_free_pages(struct device *dev, size_t size, struct page *page, dma_addr_t handle,
		    enum dma_data_direction dir) KM_SYM(dma_free_pages);
void *dma_alloc_noncoherent(struct device *dev, size_t size, dma_addr_t *ret_handle,
			    enum dma_data_direction dir, gfp_t gfp) KM_SYM(dma_alloc_noncoherent);
void dma_free_noncoherent(struct device *dev, size_t size, void *vaddr, dma_addr_t handle,
			  enum dma_data_direction dir) KM_SYM(dma_free_noncoherent);
/* a table of one piece, mapped */
struct sg_table *dma_alloc_noncontiguous(struct device *dev, size_t size,
					 enum dma_data_direction dir, gfp_t gfp,
					 unsigned long attrs) KM_SYM(dma_alloc_noncontiguous);
void dma_free_noncontiguous(struct device *dev, size_t size, struct sg_table *sgt,
			    enum dma_data_direction dir) KM_SYM(dma_free_noncontiguous);
void *dma_vmap_noncontiguous(struct device *dev, size_t size, struct sg_table *sgt)
	KM_SYM(dma_vmap_noncontiguous);
void dma_vunmap_noncontiguous(struct device *dev, void *vaddr) KM_SYM(dma_vunmap_noncontiguous);

/* -- memory one has already: streaming -------------------------------------------------------- */
/**
 * dma_map_single_attrs() - let a device at memory of kmalloc() or of the page allocator
 * @size: bytes, within one allocation
 * Also: dma_map_single(), dma_map_page(), dma_map_page_attrs()
 *
 * Context: any but NMI.   Return: what the device is given, or DMA_MAPPING_ERROR: beyond the
 *          device's mask (one line says so), or memory of vmalloc(), the stack or the module's
 *          own (WARN).  Ask with dma_mapping_error().
 * Differs: memory beyond the mask is bounced only for a device that reaches 4 GiB.
 */
dma_addr_t dma_map_single_attrs(struct device *dev, void *ptr, size_t size,
				enum dma_data_direction dir, unsigned long attrs)
	KM_SYM(dma_map_single_attrs);
/**
 * dma_unmap_single_attrs() - end a mapping; @addr, @size and @dir as they were
 * Also: dma_unmap_single(), dma_unmap_page(), dma_unmap_page_attrs()
 * Context: any but NMI.
 */
void dma_unmap_single_attrs(struct device *dev, dma_addr_t addr, size_t size,
			    enum dma_data_direction dir, unsigned long attrs)
	KM_SYM(dma_unmap_single_attrs);
dma_addr_t dma_map_page_attrs(struct device *dev, struct page *page, size_t offset, size_t size,
			      enum dma_data_direction dir, unsigned long attrs)
	KM_SYM(dma_map_page_attrs);
void dma_unmap_page_attrs(struct device *dev, dma_addr_t addr, size_t size,
			  enum dma_data_direction dir, unsigned long attrs)
	KM_SYM(dma_unmap_page_attrs);
/**
 * dma_map_sg_attrs() - let a device at every piece of a list
 * Also: dma_map_sg(), dma_unmap_sg()
 * Context: any but NMI.   Return: entries mapped, all of them; 0: one was refused, none is mapped.
 * Differs: memory beyond the mask is bounced only for a device that reaches 4 GiB.
 */
unsigned int dma_map_sg_attrs(struct device *dev, struct scatterlist *sg, int nents,
			      enum dma_data_direction dir, unsigned long attrs)
	KM_SYM(dma_map_sg_attrs);
void dma_unmap_sg_attrs(struct device *dev, struct scatterlist *sg, int nents,
			enum dma_data_direction dir, unsigned long attrs)
	KM_SYM(dma_unmap_sg_attrs);
/* 0, or -EINVAL, -EIO */
int dma_map_sgtable(struct device *dev, struct sg_table *sgt, enum dma_data_direction dir,
		    unsigned long attrs) KM_SYM(dma_map_sgtable);
/* registers of a device; RAM is refused (WARN) */
dma_addr_t dma_map_resource(struct device *dev, phys_addr_t phys_addr, size_t size,
			    enum dma_data_direction dir, unsigned long attrs)
	KM_SYM(dma_map_resource);
void dma_unmap_resource(struct device *dev, dma_addr_t addr, size_t size,
			enum dma_data_direction dir, unsigned long attrs)
	KM_SYM(dma_unmap_resource);

/**
 * dma_map_single(), dma_map_page(), dma_map_sg() - the calls above without attributes
 * Context: any but NMI.   Also: dma_unmap_single(), dma_unmap_page(), dma_unmap_sg()
 * Return:  a handle (ask dma_mapping_error()); dma_map_sg(): entries mapped, 0 if it failed.
 */
#define dma_map_single(d, a, s, r)	dma_map_single_attrs(d, a, s, r, 0)
#define dma_unmap_single(d, a, s, r)	dma_unmap_single_attrs(d, a, s, r, 0)
#define dma_map_sg(d, s, n, r)		dma_map_sg_attrs(d, s, n, r, 0)
#define dma_unmap_sg(d, s, n, r)	dma_unmap_sg_attrs(d, s, n, r, 0)
#define dma_map_page(d, p, o, s, r)	dma_map_page_attrs(d, p, o, s, r, 0)
#define dma_unmap_page(d, a, s, r)	dma_unmap_page_attrs(d, a, s, r, 0)

static inline void dma_unmap_sgtable(struct device *dev, struct sg_table *sgt,
				     enum dma_data_direction dir, unsigned long attrs)
{
	dma_unmap_sg_attrs(dev, sgt->sgl, sgt->orig_nents, dir, attrs);
}

/* Memory is coherent: only the direction is looked at. */
void dma_sync_single_for_cpu(struct device *dev, dma_addr_t addr, size_t size,
			     enum dma_data_direction dir) KM_SYM(dma_sync_single_for_cpu);
void dma_sync_single_for_device(struct device *dev, dma_addr_t addr, size_t size,
				enum dma_data_direction dir) KM_SYM(dma_sync_single_for_device);
void dma_sync_sg_for_cpu(struct device *dev, struct scatterlist *sg, int nelems,
			 enum dma_data_direction dir) KM_SYM(dma_sync_sg_for_cpu);
void dma_sync_sg_for_device(struct device *dev, struct scatterlist *sg, int nelems,
			    enum dma_data_direction dir) KM_SYM(dma_sync_sg_for_device);

static inline bool dma_dev_need_sync(const struct device *dev)
{
	return false;
}

static inline bool dma_need_sync(struct device *dev, dma_addr_t dma_addr)
{
	return false;
}

static inline void dma_sync_single_range_for_cpu(struct device *dev, dma_addr_t addr,
						 unsigned long offset, size_t size,
						 enum dma_data_direction dir)
{
	dma_sync_single_for_cpu(dev, addr + offset, size, dir);
}

static inline void dma_sync_single_range_for_device(struct device *dev, dma_addr_t addr,
						    unsigned long offset, size_t size,
						    enum dma_data_direction dir)
{
	dma_sync_single_for_device(dev, addr + offset, size, dir);
}

static inline void dma_sync_sgtable_for_cpu(struct device *dev, struct sg_table *sgt,
					    enum dma_data_direction dir)
{
	dma_sync_sg_for_cpu(dev, sgt->sgl, sgt->orig_nents, dir);
}

static inline void dma_sync_sgtable_for_device(struct device *dev, struct sg_table *sgt,
					       enum dma_data_direction dir)
{
	dma_sync_sg_for_device(dev, sgt->sgl, sgt->orig_nents, dir);
}

/* What a driver keeps until it unmaps. */
#define DEFINE_DMA_UNMAP_ADDR(ADDR_NAME)		dma_addr_t ADDR_NAME
#define DEFINE_DMA_UNMAP_LEN(LEN_NAME)			__u32 LEN_NAME
#define dma_unmap_addr(PTR, ADDR_NAME)			((PTR)->ADDR_NAME)
#define dma_unmap_addr_set(PTR, ADDR_NAME, VAL)		(((PTR)->ADDR_NAME) = (VAL))
#define dma_unmap_len(PTR, LEN_NAME)			((PTR)->LEN_NAME)
#define dma_unmap_len_set(PTR, LEN_NAME, VAL)		(((PTR)->LEN_NAME) = (VAL))

/* What a gfp says to the compiler: linux/compiler_context.h. */
#ifdef KM_GFP_IS_LOOKED_AT
#define dma_alloc_attrs(_dev, _size, _ret_handle, _gfp, _attrs)	\
	dma_alloc_attrs(_dev, _size, _ret_handle, KM_GFP(_gfp), _attrs)
#define dma_alloc_coherent(_dev, _size, _ret_handle, _gfp)	\
	dma_alloc_coherent(_dev, _size, _ret_handle, KM_GFP(_gfp))
#define dma_alloc_wc(_dev, _size, _ret_handle, _gfp)	\
	dma_alloc_wc(_dev, _size, _ret_handle, KM_GFP(_gfp))
#define dmam_alloc_attrs(_dev, _size, _ret_handle, _gfp, _attrs)	\
	dmam_alloc_attrs(_dev, _size, _ret_handle, KM_GFP(_gfp), _attrs)
#define dmam_alloc_coherent(_dev, _size, _ret_handle, _gfp)	\
	dmam_alloc_coherent(_dev, _size, _ret_handle, KM_GFP(_gfp))
#define dma_alloc_pages(_dev, _size, _ret_handle, _dir, _gfp)	\
	dma_alloc_pages(_dev, _size, _ret_handle, _dir, KM_GFP(_gfp))
#define dma_alloc_noncoherent(_dev, _size, _ret_handle, _dir, _gfp)	\
	dma_alloc_noncoherent(_dev, _size, _ret_handle, _dir, KM_GFP(_gfp))
#define dma_alloc_noncontiguous(_dev, _size, _dir, _gfp, _attrs)	\
	dma_alloc_noncontiguous(_dev, _size, _dir, KM_GFP(_gfp), _attrs)
#endif

#endif
