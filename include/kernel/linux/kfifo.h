/* SPDX-License-Identifier: MIT */
/*
 * kfifo.h - rings of elements, for one who puts in and one who takes out without a lock
 *
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

/* Absent: STRUCT_KFIFO_REC_1 - no rings of records */
/* Absent: kfifo_dma_in_prepare - no rings for DMA */

struct __kfifo {
	unsigned int in;
	unsigned int out;
	unsigned int mask;
	unsigned int esize;
	void *data;
};

#define __STRUCT_KFIFO_COMMON(datatype, ptrtype)	\
	union {						\
		struct __kfifo kfifo;			\
		datatype *type;				\
		const datatype *const_type;		\
		ptrtype *ptr;				\
	}

#define STRUCT_KFIFO(type, size)						\
	struct {								\
		__STRUCT_KFIFO_COMMON(type, type);				\
		type buf[((size) < 2) || ((size) & ((size) - 1)) ? -1 : (size)];	\
	}
#define STRUCT_KFIFO_PTR(type)					\
	struct {						\
		__STRUCT_KFIFO_COMMON(type, type);		\
		type buf[0];					\
	}

struct kfifo {
	__STRUCT_KFIFO_COMMON(unsigned char, void);
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

static inline void km_kfifo_store(struct __kfifo *fifo, const void *from, unsigned int count)
{
	unsigned int at = fifo->in & fifo->mask, first = min(count, fifo->mask + 1 - at);

	memcpy((char *)fifo->data + (size_t)at * fifo->esize, from, (size_t)first * fifo->esize);
	memcpy(fifo->data, (const char *)from + (size_t)first * fifo->esize,
	       (size_t)(count - first) * fifo->esize);
}

static inline unsigned int km_kfifo_in(struct __kfifo *fifo, const void *from, unsigned int count)
{
	count = min(count, km_kfifo_room(fifo));
	km_kfifo_store(fifo, from, count);
	/* The elements are there before whoever takes them out is told. */
	smp_wmb();
	WRITE_ONCE(fifo->in, fifo->in + count);
	return count;
}

static inline unsigned int km_kfifo_peek(struct __kfifo *fifo, void *to, unsigned int count)
{
	unsigned int at = fifo->out & fifo->mask, first;

	count = min(count, READ_ONCE(fifo->in) - fifo->out);
	smp_rmb();
	first = min(count, fifo->mask + 1 - at);
	memcpy(to, (const char *)fifo->data + (size_t)at * fifo->esize,
	       (size_t)first * fifo->esize);
	memcpy((char *)to + (size_t)first * fifo->esize, fifo->data,
	       (size_t)(count - first) * fifo->esize);
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
#define kfifo_recsize(fifo)	0
#define kfifo_size(fifo)	((fifo)->kfifo.mask + 1)
#define kfifo_reset(fifo)	((void)((fifo)->kfifo.in = (fifo)->kfifo.out = 0))
#define kfifo_reset_out(fifo)	((void)((fifo)->kfifo.out = (fifo)->kfifo.in))
#define kfifo_len(fifo)		(READ_ONCE((fifo)->kfifo.in) - READ_ONCE((fifo)->kfifo.out))
#define kfifo_is_empty(fifo)	(kfifo_len(fifo) == 0)
#define kfifo_is_full(fifo)	(kfifo_len(fifo) > (fifo)->kfifo.mask)
#define kfifo_avail(fifo)	\
	__kfifo_uint_must_check_helper(kfifo_size(fifo) - kfifo_len(fifo))
#define kfifo_skip(fifo)		((void)((fifo)->kfifo.out++))
#define kfifo_skip_count(fifo, count)	((void)((fifo)->kfifo.out += (count)))
#define kfifo_peek_len(fifo)		((fifo)->kfifo.esize)

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
	(int)km_kfifo_in(&(fifo)->kfifo, &__val, 1);					\
})
#define kfifo_get(fifo, val)								\
	__kfifo_uint_must_check_helper(({						\
		typeof((fifo)->type) __to = (val);					\
		km_kfifo_out(&(fifo)->kfifo, __to, 1);					\
	}))
#define kfifo_peek(fifo, val)								\
	__kfifo_uint_must_check_helper(({						\
		typeof((fifo)->type) __to = (val);					\
		km_kfifo_peek(&(fifo)->kfifo, __to, 1);					\
	}))
#define kfifo_in(fifo, buf, n)								\
({											\
	typeof((fifo)->ptr) __from = (typeof((fifo)->ptr))(buf);			\
	km_kfifo_in(&(fifo)->kfifo, __from, (n));					\
})
#define kfifo_out(fifo, buf, n)								\
	__kfifo_uint_must_check_helper(({						\
		typeof((fifo)->ptr) __to = (buf);					\
		km_kfifo_out(&(fifo)->kfifo, __to, (n));				\
	}))
#define kfifo_out_peek(fifo, buf, n)							\
	__kfifo_uint_must_check_helper(({						\
		typeof((fifo)->ptr) __to = (buf);					\
		km_kfifo_peek(&(fifo)->kfifo, __to, (n));				\
	}))
#define kfifo_from_user(fifo, from, len, copied)					\
	__kfifo_int_must_check_helper(							\
		km_kfifo_from_user(&(fifo)->kfifo, (from), (len), (copied)))
#define kfifo_to_user(fifo, to, len, copied)						\
	__kfifo_int_must_check_helper(							\
		km_kfifo_to_user(&(fifo)->kfifo, (to), (len), (copied)))

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
