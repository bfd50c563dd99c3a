/* SPDX-License-Identifier: MIT */
#ifndef _ASM_SWAB_H
#define _ASM_SWAB_H

#include <linux/swab.h>

#endif
