// SPDX-License-Identifier: MIT
/*
 * futex.c - wait for a word to change and tell that it did; both may be called from signal handlers
 */
#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "state.h"

void host_futex_wait(uint32_t *word, uint32_t seen, uint64_t until_ns)
{
	struct timespec until = { .tv_sec = (time_t)(until_ns / 1000000000),
				  .tv_nsec = (long)(until_ns % 1000000000) };
	int error = errno;

	syscall(SYS_futex, word, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, seen,
		until_ns == HOST_FOREVER ? NULL : &until, NULL, FUTEX_BITSET_MATCH_ANY);
	errno = error;
}

void host_futex_wake(uint32_t *word, int count)
{
	int error = errno;

	syscall(SYS_futex, word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, count, NULL, NULL, 0);
	errno = error;
}
