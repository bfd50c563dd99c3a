/* SPDX-License-Identifier: MIT */
/* wait_bit.h - sleep until a bit of a word is clear */
#ifndef _LINUX_WAIT_BIT_H
#define _LINUX_WAIT_BIT_H

#include <linux/wait.h>
#include <linux/bitops.h>
#include <linux/errno.h>

/* The queue that waiters for anything about the object at @p share with strangers. */
struct wait_queue_head *__var_waitqueue(void *p) KM_SYM(__var_waitqueue);
void wake_up_var(void *var) KM_SYM(wake_up_var);
void wake_up_bit(void *word, int bit) KM_SYM(wake_up_bit);

/* The sleep is that of the wait_event form; the name in a report is the caller's own. */
#define wait_var_event(var, condition)							\
	do {										\
		(void)KM_WAIT_EVENT(*__var_waitqueue(var), condition,			\
				    TASK_UNINTERRUPTIBLE, 0, "wait_var_event");		\
	} while (0)
#define wait_var_event_timeout(var, condition, timeout)					\
	KM_WAIT_EVENT_TIMEOUT(*__var_waitqueue(var), condition, timeout,		\
			      TASK_UNINTERRUPTIBLE, "wait_var_event_timeout")
#define wait_var_event_killable(var, condition)						\
	KM_WAIT_EVENT_INT(*__var_waitqueue(var), condition, TASK_KILLABLE, 0,		\
			  "wait_var_event_killable")
#define wait_var_event_interruptible(var, condition)					\
	KM_WAIT_EVENT_INT(*__var_waitqueue(var), condition, TASK_INTERRUPTIBLE, 0,	\
			  "wait_var_event_interruptible")

static inline __km_sleeps int wait_on_bit(unsigned long *word, int bit, unsigned int mode)
{
	struct wait_queue_head *queue = __var_waitqueue(word);

	return KM_WAIT_EVENT_INT(*queue, !test_bit(bit, word), mode, 0, "wait_on_bit");
}

static inline __km_sleeps int wait_on_bit_io(unsigned long *word, int bit, unsigned int mode)
{
	struct wait_queue_head *queue = __var_waitqueue(word);

	return KM_WAIT_EVENT_INT(*queue, !test_bit(bit, word), mode, 0, "wait_on_bit_io");
}

/* -EAGAIN when the time passed first */
static inline __km_sleeps int wait_on_bit_timeout(unsigned long *word, int bit, unsigned int mode,
				      unsigned long timeout)
{
	struct wait_queue_head *queue = __var_waitqueue(word);

	return KM_WAIT_EVENT_TIMEOUT(*queue, !test_bit(bit, word), (long)timeout, mode,
				     "wait_on_bit_timeout") ? 0 : -EAGAIN;
}

static inline __km_sleeps int wait_on_bit_lock(unsigned long *word, int bit, unsigned int mode)
{
	struct wait_queue_head *queue = __var_waitqueue(word);

	return KM_WAIT_EVENT_INT(*queue, !test_and_set_bit(bit, word), mode, 0, "wait_on_bit_lock");
}

static inline void clear_and_wake_up_bit(int bit, void *word)
{
	clear_bit_unlock(bit, word);
	smp_mb__after_atomic();
	wake_up_bit(word, bit);
}

#endif
