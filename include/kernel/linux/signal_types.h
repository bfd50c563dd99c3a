/* SPDX-License-Identifier: MIT */
/*
 * signal_types.h - numbers of signals, and the set of those that a task has got
 */
#ifndef _LINUX_SIGNAL_TYPES_H
#define _LINUX_SIGNAL_TYPES_H

#include <linux/types.h>

#define SIGINT		2
#define SIGKILL		9
#define SIGTERM		15
#define SIGIO		29

#define _NSIG		64
#define _NSIG_BPW	64
#define _NSIG_WORDS	(_NSIG / _NSIG_BPW)

typedef struct {
	unsigned long sig[_NSIG_WORDS];
} sigset_t;

struct sigpending {
	struct list_head list;	/* stays empty: no signal comes with more than its number */
	sigset_t signal;
};

#endif
