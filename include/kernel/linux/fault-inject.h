/* SPDX-License-Identifier: MIT */
/*
 * fault-inject.h - make a call fail now and then, to see whether its callers can take it
 *
 * Allocations are failed by boot options: failslab= and fail_page_alloc=.
 */
#ifndef _LINUX_FAULT_INJECT_H
#define _LINUX_FAULT_INJECT_H

#include <linux/types.h>
#include <linux/atomic.h>
#include <linux/gfp.h>

struct fault_attr {
	unsigned long probability;	/* percent */
	unsigned long interval;		/* only each so many-th call may fail */
	atomic_t times;			/* so many failures at most; -1: no end */
	atomic_t space;			/* so many bytes, or calls, pass first */
	unsigned long verbose;		/* 0 silent, 1 a line, 2 and the stack */
	unsigned long count;
};

#define FAULT_ATTR_INITIALIZER						\
	{ .interval = 1, .times = ATOMIC_INIT(1), .verbose = 2 }
#define DECLARE_FAULT_ATTR(name)	struct fault_attr name = FAULT_ATTR_INITIALIZER

enum fault_flags { FAULT_NOWARN = 1 << 0 };

/**
 * setup_fault_attr() - read "<interval>,<probability>,<space>,<times>"
 * Return: 1; 0 for a text that is not of that form.
 */
int setup_fault_attr(struct fault_attr *attr, char *text) KM_SYM(setup_fault_attr);
/**
 * should_fail_ex() - shall this call fail?
 * Also: should_fail
 * @size: taken off attr->space first
 *
 * Context: any.   Random numbers are the machine's: its seed decides.
 * Differs: no filter by task or by stack.
 */
bool should_fail_ex(struct fault_attr *attr, ssize_t size, int flags) KM_SYM(should_fail_ex);
bool should_fail(struct fault_attr *attr, ssize_t size) KM_SYM(should_fail);

#endif
