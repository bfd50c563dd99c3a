/* SPDX-License-Identifier: MIT */
/* param.h - HZ */
#ifndef _LINUX_PARAM_H
#define _LINUX_PARAM_H

#define HZ		1000
#define USER_HZ		100
#define CLOCKS_PER_SEC	(USER_HZ)

#endif
