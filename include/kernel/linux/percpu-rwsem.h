/* SPDX-License-Identifier: MIT */
/*
 * percpu-rwsem.h - a rw_semaphore whose readers are cheap and whose writers are not
 *
 * Here a rw_semaphore, and memory that percpu_free_rwsem() gives back.
 */
#if __has_include_next(<linux/percpu-rwsem.h>)
#include_next <linux/percpu-rwsem.h>
#endif

#ifndef _LINUX_PERCPU_RWSEM_H
#define _LINUX_PERCPU_RWSEM_H

#include <linux/errno.h>
#include <linux/percpu.h>
#include <linux/rwsem.h>

struct percpu_rw_semaphore {
	struct rw_semaphore rwsem;
	unsigned int __percpu *read_count;
};

#define DEFINE_PERCPU_RWSEM(name)						\
	struct percpu_rw_semaphore name = { .rwsem = __RWSEM_INITIALIZER((name).rwsem) }
#define DEFINE_STATIC_PERCPU_RWSEM(name)	static DEFINE_PERCPU_RWSEM(name)

#define percpu_init_rwsem(sem)							\
({										\
	struct percpu_rw_semaphore *__sem = (sem);				\
										\
	init_rwsem(&__sem->rwsem);						\
	__sem->read_count = alloc_percpu(unsigned int);				\
	__sem->read_count ? 0 : -ENOMEM;					\
})

static inline void percpu_free_rwsem(struct percpu_rw_semaphore *sem)
{
	free_percpu(sem->read_count);
	sem->read_count = NULL;
}

#define percpu_down_read(sem)		down_read(&(sem)->rwsem)
#define percpu_down_read_trylock(sem)	(down_read_trylock(&(sem)->rwsem) != 0)
#define percpu_up_read(sem)		up_read(&(sem)->rwsem)
#define percpu_down_write(sem)		down_write(&(sem)->rwsem)
#define percpu_up_write(sem)		up_write(&(sem)->rwsem)
#define percpu_is_write_locked(sem)	rwsem_is_locked(&(sem)->rwsem)
#define percpu_rwsem_assert_held(sem)	lockdep_assert_held(&(sem)->rwsem)

#endif
