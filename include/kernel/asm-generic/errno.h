/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_ERRNO_H
#define _ASM_GENERIC_ERRNO_H

#include <asm/errno.h>

#endif
