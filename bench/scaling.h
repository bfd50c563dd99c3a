/* SPDX-License-Identifier: MIT */
/* scaling.h - between the two sides of the scaling benchmark; freestanding types only */
#ifndef BENCH_SCALING_H
#define BENCH_SCALING_H

/* One operation, on a machine where @live things of its kind live. */
struct scaling_kind {
	const char *name, *what;
	int (*open)(void);			/* before the first; may be NULL.  0 or negative */
	void *(*make)(unsigned long number);
	void (*unmake)(void *thing);
	void (*look)(void *thing);		/* NULL: the operation is unmake() and make() */
};
extern const struct scaling_kind scaling_kinds[];	/* ends with a NULL name */

#endif
