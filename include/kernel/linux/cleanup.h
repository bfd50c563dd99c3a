/* SPDX-License-Identifier: MIT */
/*
 * cleanup.h - what a scope took, the scope's end gives back
 *
 * __free(name) on a pointer variable, guard(name)(args) for the rest of a scope, scoped_guard(name,
 * args) for a statement.
 */
#ifndef _LINUX_CLEANUP_H
#define _LINUX_CLEANUP_H

#include <linux/compiler.h>

#define DEFINE_FREE(_name, _type, _free) \
	static inline void __free_##_name(void *p) { _type _T = *(_type *)p; _free; }
#define __free(_name)	__cleanup(__free_##_name)

#define __get_and_null(p, nullvalue) ({			\
	__auto_type __ptr = &(p);			\
	__auto_type __val = *__ptr;			\
	*__ptr = nullvalue;				\
	__val; })

static __always_inline __must_check const volatile void *__must_check_fn(const volatile void *val)
{
	return val;
}

#define no_free_ptr(p)	((typeof(p))__must_check_fn(__get_and_null(p, NULL)))
#define return_ptr(p)	return no_free_ptr(p)

/* A class: a type, a constructor whose value the variable gets, a destructor that sees _T. */
#define DEFINE_CLASS(_name, _type, _exit, _init, _init_args...)		\
	KM_CLASS(_name, , , _type, _exit, _init, _init_args)
/* @_ends, @_begins: what the compiler is told of the destructor and the constructor */
#define KM_CLASS(_name, _begins, _ends, _type, _exit, _init, _init_args...)	\
typedef _type class_##_name##_t;					\
static inline _ends void class_##_name##_destructor(_type *p)		\
{ _type _T = *p; _exit; }						\
static __always_inline _begins _type class_##_name##_constructor(_init_args)	\
{ _type t = _init; return t; }
#define EXTEND_CLASS(_name, ext, _init, _init_args...)			\
typedef class_##_name##_t class_##_name##ext##_t;			\
static inline void class_##_name##ext##_destructor(class_##_name##_t *p)	\
{ class_##_name##_destructor(p); }					\
static __always_inline class_##_name##_t class_##_name##ext##_constructor(_init_args)	\
{ class_##_name##_t t = _init; return t; }
#define CLASS(_name, var)						\
	class_##_name##_t var __cleanup(class_##_name##_destructor) = class_##_name##_constructor

/*
 * A guard is a class over a pointer to a lock; class_x_lock_ptr() is what was locked, NULL if the
 * try failed.
 */
#define DEFINE_GUARD(_name, _type, _lock, _unlock)			\
	KM_GUARD(_name, , , _type, _lock, _unlock)
#define KM_GUARD(_name, _begins, _ends, _type, _lock, _unlock)		\
	KM_CLASS(_name, _begins, _ends, _type, if (_T) { _unlock; }, ({ _lock; _T; }),	\
		 _type _T)						\
	static inline void *class_##_name##_lock_ptr(class_##_name##_t *_T)	\
	{ return (void *)(__force unsigned long)*_T; }
#define DEFINE_GUARD_COND(_name, _ext, _condlock)			\
	EXTEND_CLASS(_name, _ext, ({ void *_t = _T; if (_T && !(_condlock)) _t = NULL; _t; }),	\
		     class_##_name##_t _T)				\
	static inline void *class_##_name##_ext##_lock_ptr(class_##_name##_t *_T)	\
	{ return class_##_name##_lock_ptr(_T); }

#define guard(_name)		CLASS(_name, __UNIQUE_ID(guard))
#define __guard_ptr(_name)	class_##_name##_lock_ptr
#define __is_cond_ptr(_name)	class_##_name##_is_conditional

#define scoped_guard(_name, args...)					\
	for (CLASS(_name, scope)(args), *done = NULL;			\
	     __guard_ptr(_name)(&scope) && !done; done = (void *)1)
#define scoped_cond_guard(_name, _fail, args...)			\
	for (CLASS(_name, scope)(args), *done = NULL; !done; done = (void *)1)	\
		if (!__guard_ptr(_name)(&scope)) _fail;			\
		else

/*
 * Guards with more state than the pointer: members go where __VA_ARGS__ is, and _lock and
 * _unlock reach them as _T->.
 * KM_GUARD_CLASS makes the type, its destructor and the pointer that conditional guards look at.
 */
#define KM_GUARD_CLASS(_name, _ends, _type, _unlock, ...)				\
	typedef struct { _type *lock; __VA_ARGS__; } class_##_name##_t;			\
	static inline _ends void class_##_name##_destructor(class_##_name##_t *_T)		\
	{										\
		if (!_T->lock)								\
			return;								\
		_unlock;								\
	}										\
	static inline void *class_##_name##_lock_ptr(class_##_name##_t *_T)		\
	{										\
		return (void *)_T->lock;						\
	}
#define DEFINE_LOCK_GUARD_1(_name, _type, _lock, _unlock, ...)				\
	KM_LOCK_GUARD_1(_name, , , _type, _lock, _unlock, __VA_ARGS__)
#define KM_LOCK_GUARD_1(_name, _begins, _ends, _type, _lock, _unlock, ...)		\
	KM_GUARD_CLASS(_name, _ends, _type, _unlock, __VA_ARGS__)			\
	static __always_inline _begins							\
	class_##_name##_t class_##_name##_constructor(_type *l)				\
	{										\
		class_##_name##_t guard = { .lock = l }, *_T = &guard;			\
											\
		_lock;									\
		return guard;								\
	}
/* A lock without an object (preemption, RCU): any pointer that is not NULL stands for it. */
#define DEFINE_LOCK_GUARD_0(_name, _lock, _unlock, ...)					\
	KM_LOCK_GUARD_0(_name, , , _lock, _unlock, __VA_ARGS__)
#define KM_LOCK_GUARD_0(_name, _begins, _ends, _lock, _unlock, ...)			\
	KM_GUARD_CLASS(_name, _ends, void, _unlock, __VA_ARGS__)			\
	static __always_inline _begins							\
	class_##_name##_t class_##_name##_constructor(void)				\
	{										\
		class_##_name##_t guard = { .lock = (void *)1 }, *_T = &guard;	\
											\
		(void)_T;								\
		_lock;									\
		return guard;								\
	}
#define DEFINE_LOCK_GUARD_1_COND(_name, _ext, _condlock)		\
	EXTEND_CLASS(_name, _ext,					\
		     ({ class_##_name##_t _t = { .lock = l }, *_T = &_t;	\
			if (_T->lock && !(_condlock)) _T->lock = NULL;	\
			_t; }),						\
		     typeof_member(class_##_name##_t, lock) l)		\
	static inline void *class_##_name##_ext##_lock_ptr(class_##_name##_t *_T)	\
	{ return class_##_name##_lock_ptr(_T); }

#ifndef typeof_member
#define typeof_member(T, m)	typeof(((T *)0)->m)
#endif

#endif
