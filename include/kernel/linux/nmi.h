/* SPDX-License-Identifier: MIT */
/* nmi.h - telling watchdogs that all is well; there are none, but for the limit of a run's steps */
#ifndef LINUX_NMI_H
#define LINUX_NMI_H

static inline void touch_nmi_watchdog(void) { }
static inline void touch_softlockup_watchdog(void) { }
static inline void touch_all_softlockup_watchdogs(void) { }

#endif
