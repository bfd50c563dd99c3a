/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_BITSPERLONG_H
#define _ASM_GENERIC_BITSPERLONG_H

#include <asm/bitsperlong.h>

#endif
