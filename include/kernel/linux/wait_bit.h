/* SPDX-License-Identifier: MIT */
/* wait_bit.h - sleep until a bit of a word is clear */
#ifndef _LINUX_WAIT_BIT_H
#define _LINUX_WAIT_BIT_H

#include <linux/wait.h>
#include <linux/bitops.h>

/* The queue that waiters for anything about the object at @p share with strangers. */
struct wait_queue_head *__var_waitqueue(void *p) KM_SYM(__var_waitqueue);
void wake_up_var(void *var) KM_SYM(wake_up_var);
void wake_up_bit(void *word, int bit) KM_SYM(wake_up_bit);

#define wait_var_event(var, condition)	wait_event(*__var_waitqueue(var), condition)
#define wait_var_event_timeout(var, condition, timeout)	\
	wait_event_timeout(*__var_waitqueue(var), condition, timeout)

static inline int wait_on_bit(unsigned long *word, int bit, unsigned int mode)
{
	struct wait_queue_head *queue = __var_waitqueue(word);

	return wait_event_state(*queue, !test_bit(bit, word), mode);
}

static inline int wait_on_bit_lock(unsigned long *word, int bit, unsigned int mode)
{
	struct wait_queue_head *queue = __var_waitqueue(word);

	return wait_event_state(*queue, !test_and_set_bit(bit, word), mode);
}

static inline void clear_and_wake_up_bit(int bit, void *word)
{
	clear_bit_unlock(bit, word);
	smp_mb__after_atomic();
	wake_up_bit(word, bit);
}

#endif
