/* SPDX-License-Identifier: MIT */
/*
 * cpuhotplug.h - callbacks for CPUs that come and go
 *
 * The CPUs of this machine are all there from boot to shutdown, so a callback registered without
 * being called for the present CPUs is never called.  The forms that call it for present CPUs are
 * not declared.
 */
#ifndef __CPUHOTPLUG_H
#define __CPUHOTPLUG_H

#include <linux/types.h>

enum cpuhp_state {
	CPUHP_INVALID = -1,
	CPUHP_OFFLINE = 0,
	CPUHP_RADIX_DEAD,
	CPUHP_ONLINE,
};

static inline int cpuhp_setup_state_nocalls(enum cpuhp_state state, const char *name,
					    int (*startup)(unsigned int cpu),
					    int (*teardown)(unsigned int cpu))
{
	return 0;
}

static inline void cpuhp_remove_state_nocalls(enum cpuhp_state state) { }

#endif
