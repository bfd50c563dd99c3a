/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LCM_H
#define _LINUX_LCM_H

#include <linux/math.h>

#endif
