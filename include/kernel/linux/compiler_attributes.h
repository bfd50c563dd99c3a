/* SPDX-License-Identifier: MIT */
/* compiler_attributes.h - they are all in compiler_types.h, which is in every file already */
#ifndef __LINUX_COMPILER_ATTRIBUTES_H
#define __LINUX_COMPILER_ATTRIBUTES_H

#include <linux/compiler_types.h>

#endif
