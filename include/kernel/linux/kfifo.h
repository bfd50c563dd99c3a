/* SPDX-License-Identifier: MIT */
/*
 * kfifo.h - rings of elements, for one who puts in and one who takes out without a lock
 *
 * A ring of records holds bytes; before each record stands its length, in one byte or two.
 * in and out run on for ever and are looked at modulo the size, a power of two.  All is inline, so
 * that what a module's ring does is seen as the module's own doing.
 */
#ifndef _LINUX_KFIFO_H
#define _LINUX_KFIFO_H

#include <linux/array_size.h>
#include <linux/compiler.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/stddef.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/barrier.h>

/* Absent: kfifo_dma_in_prepare - no rings for DMA */

struct __kfifo {
	unsigned int in;
	unsigned int out;
	unsigned int mask;
	unsigned int esize;
	void *data;
};

#define __STRUCT_KFIFO_COMMON(datatype, recsize, ptrtype)	\
	union {							\
		struct __kfifo kfifo;				\
		datatype *type;					\
		const datatype *const_type;			\
		char (*rectype)[recsize];			\
		ptrtype *ptr;					\
	}

#define STRUCT_KFIFO(type, size)						\
	struct {								\
		__STRUCT_KFIFO_COMMON(type, 0, type);				\
		type buf[((size) < 2) || ((size) & ((size) - 1)) ? -1 : (size)];	\
	}
#define STRUCT_KFIFO_PTR(type)					\
	struct {						\
		__STRUCT_KFIFO_COMMON(type, 0, type);		\
		type buf[0];					\
	}

#define km_struct_kfifo_rec(size, recsize)						\
	struct {									\
		__STRUCT_KFIFO_COMMON(unsigned char, recsize, void);			\
		unsigned char buf[((size) < 2) || ((size) & ((size) - 1)) ? -1 : (size)];	\
	}
#define STRUCT_KFIFO_REC_1(size)	km_struct_kfifo_rec(size, 1)
#define STRUCT_KFIFO_REC_2(size)	km_struct_kfifo_rec(size, 2)

struct kfifo {
	__STRUCT_KFIFO_COMMON(unsigned char, 0, void);
	unsigned char buf[0];
};
struct kfifo_rec_ptr_1 {
	__STRUCT_KFIFO_COMMON(unsigned char, 1, void);
	unsigned char buf[0];
};
struct kfifo_rec_ptr_2 {
	__STRUCT_KFIFO_COMMON(unsigned char, 2, void);
	unsigned char buf[0];
};

#define DECLARE_KFIFO(fifo, type, size)	STRUCT_KFIFO(type, size) fifo
#define DECLARE_KFIFO_PTR(fifo, type)	STRUCT_KFIFO_PTR(type) fifo
/* Is the buffer elsewhere? */
#define __is_kfifo_ptr(fifo)	(sizeof(*(fifo)) == sizeof(STRUCT_KFIFO_PTR(typeof(*(fifo)->type))))

#define INIT_KFIFO(fifo)								\
(void)({										\
	typeof(&(fifo)) __tmp = &(fifo);						\
	struct __kfifo *__ring = &__tmp->kfifo;						\
	__ring->in = 0;									\
	__ring->out = 0;								\
	__ring->mask = __is_kfifo_ptr(__tmp) ? 0 :					\
		sizeof(__tmp->buf) / sizeof(*__tmp->type) - 1;				\
	__ring->esize = sizeof(*__tmp->type);						\
	__ring->data = __is_kfifo_ptr(__tmp) ? NULL : (void *)__tmp->buf;		\
})
#define DEFINE_KFIFO(fifo, type, size)							\
	DECLARE_KFIFO(fifo, type, size) =						\
	(typeof(fifo)) {								\
		{ { .in = 0, .out = 0, .mask = (size) - 1, .esize = sizeof(type),	\
		    .data = (fifo).buf, } }						\
	}

/* -- what the macros are made of, on elements of esize bytes ---------------------------------- */

static inline unsigned int km_kfifo_room(const struct __kfifo *fifo)
{
	return fifo->mask + 1 - (fifo->in - fifo->out);
}

static inline void km_kfifo_store(struct __kfifo *fifo, const void *from, unsigned int count,
				  unsigned int in)
{
	unsigned int at = in & fifo->mask, first = min(count, fifo->mask + 1 - at);

	memcpy((char *)fifo->data + (size_t)at * fifo->esize, from, (size_t)first * fifo->esize);
	memcpy(fifo->data, (const char *)from + (size_t)first * fifo->esize,
	       (size_t)(count - first) * fifo->esize);
}

static inline unsigned int km_kfifo_in(struct __kfifo *fifo, const void *from, unsigned int count)
{
	count = min(count, km_kfifo_room(fifo));
	km_kfifo_store(fifo, from, count, fifo->in);
	/* The elements are there before whoever takes them out is told. */
	smp_wmb();
	WRITE_ONCE(fifo->in, fifo->in + count);
	return count;
}

static inline void km_kfifo_load(const struct __kfifo *fifo, void *to, unsigned int count,
				 unsigned int out)
{
	unsigned int at = out & fifo->mask, first = min(count, fifo->mask + 1 - at);

	memcpy(to, (const char *)fifo->data + (size_t)at * fifo->esize,
	       (size_t)first * fifo->esize);
	memcpy((char *)to + (size_t)first * fifo->esize, fifo->data,
	       (size_t)(count - first) * fifo->esize);
}

static inline unsigned int km_kfifo_peek(struct __kfifo *fifo, void *to, unsigned int count)
{
	count = min(count, READ_ONCE(fifo->in) - fifo->out);
	smp_rmb();
	km_kfifo_load(fifo, to, count, fifo->out);
	return count;
}

static inline unsigned int km_kfifo_out(struct __kfifo *fifo, void *to, unsigned int count)
{
	count = km_kfifo_peek(fifo, to, count);
	smp_mb();
	WRITE_ONCE(fifo->out, fifo->out + count);
	return count;
}

/* 0 or -EFAULT; *copied: bytes, whole elements only. */
static inline int km_kfifo_from_user(struct __kfifo *fifo, const void __user *from,
				     unsigned long bytes, unsigned int *copied)
{
	unsigned int count = min_t(unsigned long, bytes / fifo->esize, km_kfifo_room(fifo));
	unsigned int at = fifo->in & fifo->mask, first = min(count, fifo->mask + 1 - at);
	unsigned long head = (unsigned long)first * fifo->esize;
	unsigned long tail = (unsigned long)(count - first) * fifo->esize, left;

	left = copy_from_user((char *)fifo->data + (size_t)at * fifo->esize, from, head);
	if (left)
		left += tail;
	else if (tail)
		left = copy_from_user(fifo->data, (const char __user *)from + head, tail);
	count -= DIV_ROUND_UP(left, fifo->esize);
	smp_wmb();
	WRITE_ONCE(fifo->in, fifo->in + count);
	*copied = count * fifo->esize;
	return left ? -EFAULT : 0;
}

static inline int km_kfifo_to_user(struct __kfifo *fifo, void __user *to, unsigned long bytes,
				   unsigned int *copied)
{
	unsigned int there = READ_ONCE(fifo->in) - fifo->out;
	unsigned int count = min_t(unsigned long, bytes / fifo->esize, there);
	unsigned int at = fifo->out & fifo->mask, first = min(count, fifo->mask + 1 - at);
	unsigned long head = (unsigned long)first * fifo->esize;
	unsigned long tail = (unsigned long)(count - first) * fifo->esize, left;

	smp_rmb();
	left = copy_to_user(to, (const char *)fifo->data + (size_t)at * fifo->esize, head);
	if (left)
		left += tail;
	else if (tail)
		left = copy_to_user((char __user *)to + head, fifo->data, tail);
	count -= DIV_ROUND_UP(left, fifo->esize);
	smp_mb();
	WRITE_ONCE(fifo->out, fifo->out + count);
	*copied = count * fifo->esize;
	return left ? -EFAULT : 0;
}

/* -- the same of records: @head is 1 or 2, the bytes of a length; 0: the ring has none --------- */

static inline unsigned int km_kfifo_most(unsigned int bytes, size_t head)
{
	return min(bytes, (1u << (head * 8)) - 1);
}

/* Bytes of the next record; 0: there is none. */
static inline unsigned int km_kfifo_next(const struct __kfifo *fifo, size_t head)
{
	u8 length[2] = { 0 };

	if (READ_ONCE(fifo->in) == fifo->out)
		return 0;
	smp_rmb();
	km_kfifo_load(fifo, length, head, fifo->out);
	return length[0] | length[1] << 8;
}

static inline void km_kfifo_begin(struct __kfifo *fifo, unsigned int bytes, size_t head)
{
	const u8 length[2] = { bytes, bytes >> 8 };

	km_kfifo_store(fifo, length, head, fifo->in);
}

static inline void km_kfifo_advance(unsigned int *end, unsigned int by)
{
	smp_mb();
	WRITE_ONCE(*end, *end + by);
}

static inline unsigned int km_kfifo_in_r(struct __kfifo *fifo, const void *from,
					 unsigned int bytes, size_t head)
{
	if (!head)
		return km_kfifo_in(fifo, from, bytes);
	if (bytes + head > km_kfifo_room(fifo))
		return 0;
	km_kfifo_begin(fifo, bytes, head);
	km_kfifo_store(fifo, from, bytes, fifo->in + head);
	km_kfifo_advance(&fifo->in, bytes + head);
	return bytes;
}

static inline unsigned int km_kfifo_peek_r(struct __kfifo *fifo, void *to, unsigned int bytes,
					   size_t head)
{
	if (!head)
		return km_kfifo_peek(fifo, to, bytes);
	bytes = min(bytes, km_kfifo_next(fifo, head));
	km_kfifo_load(fifo, to, bytes, fifo->out + head);
	return bytes;
}

static inline void km_kfifo_skip_r(struct __kfifo *fifo, size_t head)
{
	if (!head)
		fifo->out++;
	else if (fifo->in != fifo->out)
		km_kfifo_advance(&fifo->out, km_kfifo_next(fifo, head) + head);
}

/* The rest of a record that did not fit goes with it. */
static inline unsigned int km_kfifo_out_r(struct __kfifo *fifo, void *to, unsigned int bytes,
					  size_t head)
{
	if (!head)
		return km_kfifo_out(fifo, to, bytes);
	bytes = km_kfifo_peek_r(fifo, to, bytes, head);
	km_kfifo_skip_r(fifo, head);
	return bytes;
}

static inline unsigned int km_kfifo_avail(const struct __kfifo *fifo, size_t head)
{
	unsigned int room = km_kfifo_room(fifo);

	return !head ? room : room <= head ? 0 : km_kfifo_most(room - head, head);
}

/* -EFAULT, and the ring is as it was; a record that has no room is 0 bytes. */
static inline int km_kfifo_from_user_r(struct __kfifo *fifo, const void __user *from,
				       unsigned long wanted, unsigned int *copied, size_t head)
{
	unsigned int bytes = km_kfifo_most(min_t(unsigned long, wanted, U32_MAX), head ? head : 1);
	unsigned int at = (fifo->in + head) & fifo->mask, first = min(bytes, fifo->mask + 1 - at);

	if (!head)
		return km_kfifo_from_user(fifo, from, wanted, copied);
	*copied = 0;
	if (bytes + head > km_kfifo_room(fifo))
		return 0;
	if (copy_from_user((char *)fifo->data + at, from, first) ||
	    (bytes > first &&
	     copy_from_user(fifo->data, (const char __user *)from + first, bytes - first)))
		return -EFAULT;
	km_kfifo_begin(fifo, bytes, head);
	km_kfifo_advance(&fifo->in, bytes + head);
	*copied = bytes;
	return 0;
}

static inline int km_kfifo_to_user_r(struct __kfifo *fifo, void __user *to, unsigned long wanted,
				     unsigned int *copied, size_t head)
{
	unsigned int at = (fifo->out + head) & fifo->mask, bytes, first;

	if (!head)
		return km_kfifo_to_user(fifo, to, wanted, copied);
	*copied = 0;
	bytes = min_t(unsigned long, wanted, km_kfifo_next(fifo, head));
	first = min(bytes, fifo->mask + 1 - at);
	if (copy_to_user(to, (const char *)fifo->data + at, first) ||
	    (bytes > first &&
	     copy_to_user((char __user *)to + first, fifo->data, bytes - first)))
		return -EFAULT;
	km_kfifo_skip_r(fifo, head);
	*copied = bytes;
	return 0;
}

static inline int km_kfifo_take(struct __kfifo *fifo, void *buffer, size_t bytes, size_t esize)
{
	unsigned int size = bytes / esize;

	if (size & (size - 1))
		size = rounddown_pow_of_two(size);
	*fifo = (struct __kfifo){ .esize = esize };
	if (size < 2 || !buffer)
		return -EINVAL;
	fifo->mask = size - 1;
	fifo->data = buffer;
	return 0;
}

static inline int km_kfifo_alloc(struct __kfifo *fifo, unsigned int size, size_t esize, gfp_t gfp)
{
	size = roundup_pow_of_two(size);
	*fifo = (struct __kfifo){ .esize = esize };
	if (size < 2)
		return -EINVAL;
	fifo->data = kmalloc_array(size, esize, gfp);
	if (!fifo->data)
		return -ENOMEM;
	fifo->mask = size - 1;
	return 0;
}

static inline void km_kfifo_free(struct __kfifo *fifo)
{
	kfree(fifo->data);
	*fifo = (struct __kfifo){ .esize = fifo->esize };
}

static inline unsigned int __must_check __kfifo_uint_must_check_helper(unsigned int val)
{
	return val;
}

static inline int __must_check __kfifo_int_must_check_helper(int val)
{
	return val;
}

/* -- the interface ---------------------------------------------------------------------------- */

#define kfifo_initialized(fifo)	((fifo)->kfifo.mask)
#define kfifo_esize(fifo)	((fifo)->kfifo.esize)
#define kfifo_recsize(fifo)	(sizeof(*(fifo)->rectype))
#define kfifo_size(fifo)	((fifo)->kfifo.mask + 1)
#define kfifo_reset(fifo)	((void)((fifo)->kfifo.in = (fifo)->kfifo.out = 0))
#define kfifo_reset_out(fifo)	((void)((fifo)->kfifo.out = (fifo)->kfifo.in))
#define kfifo_len(fifo)		(READ_ONCE((fifo)->kfifo.in) - READ_ONCE((fifo)->kfifo.out))
#define kfifo_is_empty(fifo)	(kfifo_len(fifo) == 0)
#define kfifo_is_full(fifo)	(kfifo_len(fifo) > (fifo)->kfifo.mask)
#define kfifo_avail(fifo)	\
	__kfifo_uint_must_check_helper(km_kfifo_avail(&(fifo)->kfifo, kfifo_recsize(fifo)))
#define kfifo_skip(fifo)	km_kfifo_skip_r(&(fifo)->kfifo, kfifo_recsize(fifo))
#define kfifo_skip_count(fifo, count)	((void)((fifo)->kfifo.out += (count)))
/* Bytes of the next record, or of all elements. */
#define kfifo_peek_len(fifo)								\
	__kfifo_uint_must_check_helper(kfifo_recsize(fifo) ?				\
		km_kfifo_next(&(fifo)->kfifo, kfifo_recsize(fifo)) :			\
		(unsigned int)(kfifo_len(fifo) * sizeof(*(fifo)->type)))

#define kfifo_alloc(fifo, size, gfp_mask)						\
	__kfifo_int_must_check_helper(km_kfifo_alloc(&(fifo)->kfifo, (size),		\
						     sizeof(*(fifo)->type), (gfp_mask)))
#define kfifo_alloc_node(fifo, size, gfp_mask, node)	kfifo_alloc(fifo, size, gfp_mask)
#define kfifo_free(fifo)	km_kfifo_free(&(fifo)->kfifo)
#define kfifo_init(fifo, buffer, size)	\
	km_kfifo_take(&(fifo)->kfifo, (buffer), (size), sizeof(*(fifo)->type))

#define kfifo_put(fifo, val)								\
({											\
	typeof(*(fifo)->const_type) __val = (val);					\
	(int)km_kfifo_in_r(&(fifo)->kfifo, &__val,					\
			   kfifo_recsize(fifo) ? sizeof(__val) : 1, kfifo_recsize(fifo));	\
})
#define kfifo_get(fifo, val)								\
	__kfifo_uint_must_check_helper(({						\
		typeof((fifo)->type) __to = (val);					\
		km_kfifo_out_r(&(fifo)->kfifo, __to,					\
			       kfifo_recsize(fifo) ? sizeof(*__to) : 1,			\
			       kfifo_recsize(fifo));					\
	}))
#define kfifo_peek(fifo, val)								\
	__kfifo_uint_must_check_helper(({						\
		typeof((fifo)->type) __to = (val);					\
		km_kfifo_peek_r(&(fifo)->kfifo, __to,					\
				kfifo_recsize(fifo) ? sizeof(*__to) : 1,		\
				kfifo_recsize(fifo));					\
	}))
#define kfifo_in(fifo, buf, n)								\
({											\
	typeof((fifo)->ptr) __from = (typeof((fifo)->ptr))(buf);			\
	km_kfifo_in_r(&(fifo)->kfifo, __from, (n), kfifo_recsize(fifo));		\
})
#define kfifo_out(fifo, buf, n)								\
	__kfifo_uint_must_check_helper(({						\
		typeof((fifo)->ptr) __to = (buf);					\
		km_kfifo_out_r(&(fifo)->kfifo, __to, (n), kfifo_recsize(fifo));		\
	}))
#define kfifo_out_peek(fifo, buf, n)							\
	__kfifo_uint_must_check_helper(({						\
		typeof((fifo)->ptr) __to = (buf);					\
		km_kfifo_peek_r(&(fifo)->kfifo, __to, (n), kfifo_recsize(fifo));	\
	}))
#define kfifo_from_user(fifo, from, len, copied)					\
	__kfifo_int_must_check_helper(							\
		km_kfifo_from_user_r(&(fifo)->kfifo, (from), (len), (copied),		\
				     kfifo_recsize(fifo)))
#define kfifo_to_user(fifo, to, len, copied)						\
	__kfifo_int_must_check_helper(							\
		km_kfifo_to_user_r(&(fifo)->kfifo, (to), (len), (copied),		\
				   kfifo_recsize(fifo)))

#define kfifo_in_spinlocked(fifo, buf, n, lock)						\
({											\
	unsigned long __flags;								\
	unsigned int __count;								\
	spin_lock_irqsave(lock, __flags);						\
	__count = kfifo_in(fifo, buf, n);						\
	spin_unlock_irqrestore(lock, __flags);						\
	__count;									\
})
#define kfifo_in_spinlocked_noirqsave(fifo, buf, n, lock)				\
({											\
	unsigned int __count;								\
	spin_lock(lock);								\
	__count = kfifo_in(fifo, buf, n);						\
	spin_unlock(lock);								\
	__count;									\
})
#define kfifo_in_locked(fifo, buf, n, lock)	kfifo_in_spinlocked(fifo, buf, n, lock)
#define kfifo_out_spinlocked(fifo, buf, n, lock)					\
	__kfifo_uint_must_check_helper(({						\
		unsigned long __flags;							\
		unsigned int __count;							\
		spin_lock_irqsave(lock, __flags);					\
		__count = kfifo_out(fifo, buf, n);					\
		spin_unlock_irqrestore(lock, __flags);					\
		__count;								\
	}))
#define kfifo_out_spinlocked_noirqsave(fifo, buf, n, lock)				\
	__kfifo_uint_must_check_helper(({						\
		unsigned int __count;							\
		spin_lock(lock);							\
		__count = kfifo_out(fifo, buf, n);					\
		spin_unlock(lock);							\
		__count;								\
	}))
#define kfifo_out_locked(fifo, buf, n, lock)	kfifo_out_spinlocked(fifo, buf, n, lock)
#define kfifo_is_empty_spinlocked(fifo, lock)						\
({											\
	unsigned long __flags;								\
	bool __empty;									\
	spin_lock_irqsave(lock, __flags);						\
	__empty = kfifo_is_empty(fifo);							\
	spin_unlock_irqrestore(lock, __flags);						\
	__empty;									\
})
#define kfifo_is_empty_spinlocked_noirqsave(fifo, lock)					\
({											\
	bool __empty;									\
	spin_lock(lock);								\
	__empty = kfifo_is_empty(fifo);							\
	spin_unlock(lock);								\
	__empty;									\
})

#endif
