/* SPDX-License-Identifier: MIT */
/* posix_types.h - the types of system calls */
#ifndef _LINUX_POSIX_TYPES_H
#define _LINUX_POSIX_TYPES_H

#include <asm/posix_types.h>

#endif
