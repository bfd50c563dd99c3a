/* SPDX-License-Identifier: MIT */
/*
 * uio.h - where the bytes of a read or write lie: a position in pieces of user or kernel memory
 *
 * What read_iter() and write_iter() get.  Copies are the same checks as copy_to_user() and
 * copy_from_user(); pieces in the kernel's own memory are kvec's.
 */
#ifndef __LINUX_UIO_H
#define __LINUX_UIO_H

#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/uaccess.h>

#define ITER_SOURCE	1	/* == WRITE */
#define ITER_DEST	0	/* == READ */
#ifndef READ
#define READ		0
#define WRITE		1
#endif

struct iovec {
	void __user *iov_base;
	size_t iov_len;
};

struct kvec {
	void *iov_base;
	size_t iov_len;
};

enum iter_type { ITER_UBUF, ITER_IOVEC, ITER_KVEC };

struct iov_iter {
	u8 iter_type;
	bool nofault;
	bool data_source;
	size_t iov_offset;
	void __user *ubuf;
	const struct iovec *__iov;
	const struct kvec *kvec;
	size_t count;
	unsigned long nr_segs;
};

static inline size_t iov_iter_count(const struct iov_iter *i)
{
	return i->count;
}

static inline bool iov_iter_is_kvec(const struct iov_iter *i)
{
	return i->iter_type == ITER_KVEC;
}

static inline bool user_backed_iter(const struct iov_iter *i)
{
	return i->iter_type != ITER_KVEC;
}

static inline unsigned char iov_iter_rw(const struct iov_iter *i)
{
	return i->data_source ? WRITE : READ;
}

static inline void iov_iter_truncate(struct iov_iter *i, u64 count)
{
	if (i->count > count)
		i->count = count;
}

static inline void iov_iter_reexpand(struct iov_iter *i, size_t count)
{
	i->count = count;
}

static inline void iov_iter_ubuf(struct iov_iter *i, unsigned int direction, void __user *buf,
				 size_t count)
{
	*i = (struct iov_iter){
		.iter_type = ITER_UBUF, .data_source = direction, .ubuf = buf,
		.count = count, .nr_segs = 1,
	};
}

static inline void iov_iter_kvec(struct iov_iter *i, unsigned int direction,
				 const struct kvec *kvec, unsigned long nr_segs, size_t count)
{
	*i = (struct iov_iter){
		.iter_type = ITER_KVEC, .data_source = direction, .kvec = kvec,
		.count = count, .nr_segs = nr_segs,
	};
}

static inline void iov_iter_init(struct iov_iter *i, unsigned int direction,
				 const struct iovec *iov, unsigned long nr_segs, size_t count)
{
	*i = (struct iov_iter){
		.iter_type = ITER_IOVEC, .data_source = direction, .__iov = iov,
		.count = count, .nr_segs = nr_segs,
	};
}

static inline const struct iovec *km_iter_segment(const struct iov_iter *i)
{
	return i->iter_type == ITER_KVEC ? (const struct iovec *)i->kvec : i->__iov;
}

/* The piece at hand: where its next byte is, and how many it has. */
static inline size_t km_iter_piece(const struct iov_iter *i, void **ret_at)
{
	const struct iovec *segment = km_iter_segment(i);

	if (i->iter_type == ITER_UBUF) {
		*ret_at = (char __force *)i->ubuf + i->iov_offset;
		return i->count;
	}
	*ret_at = (char __force *)segment->iov_base + i->iov_offset;
	return min(segment->iov_len - i->iov_offset, i->count);
}

static inline void iov_iter_advance(struct iov_iter *i, size_t bytes)
{
	bytes = min(bytes, i->count);
	i->count -= bytes;
	i->iov_offset += bytes;
	while (i->iter_type != ITER_UBUF && i->nr_segs > 1 &&
	       i->iov_offset >= km_iter_segment(i)->iov_len) {
		i->iov_offset -= km_iter_segment(i)->iov_len;
		i->nr_segs--;
		i->kvec += i->iter_type == ITER_KVEC;
		i->__iov += i->iter_type == ITER_IOVEC;
	}
}

/* How many bytes were copied; the position is behind them. */
static inline size_t copy_to_iter(const void *addr, size_t bytes, struct iov_iter *i)
{
	size_t done = 0;

	bytes = min(bytes, i->count);
	while (done < bytes) {
		void *at;
		size_t piece = min(km_iter_piece(i, &at), bytes - done), left = 0;

		if (i->iter_type == ITER_KVEC)
			memcpy(at, (const char *)addr + done, piece);
		else
			left = copy_to_user((void __user *)at, (const char *)addr + done, piece);
		iov_iter_advance(i, piece - left);
		done += piece - left;
		if (left || !piece)
			break;
	}
	return done;
}

static inline size_t copy_from_iter(void *addr, size_t bytes, struct iov_iter *i)
{
	size_t done = 0;

	bytes = min(bytes, i->count);
	while (done < bytes) {
		void *at;
		size_t piece = min(km_iter_piece(i, &at), bytes - done), left = 0;

		if (i->iter_type == ITER_KVEC)
			memcpy((char *)addr + done, at, piece);
		else
			left = copy_from_user((char *)addr + done, (const void __user *)at, piece);
		iov_iter_advance(i, piece - left);
		done += piece - left;
		if (left || !piece)
			break;
	}
	return done;
}

static inline bool copy_from_iter_full(void *addr, size_t bytes, struct iov_iter *i)
{
	struct iov_iter before = *i;

	if (copy_from_iter(addr, bytes, i) == bytes)
		return true;
	*i = before;
	return false;
}

static inline bool copy_to_iter_full(void *addr, size_t bytes, struct iov_iter *i)
{
	struct iov_iter before = *i;

	if (copy_to_iter(addr, bytes, i) == bytes)
		return true;
	*i = before;
	return false;
}

#endif
