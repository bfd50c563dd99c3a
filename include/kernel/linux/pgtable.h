/* SPDX-License-Identifier: MIT */
/* pgtable.h - see asm/pgtable.h */
#ifndef _LINUX_PGTABLE_H
#define _LINUX_PGTABLE_H

#include <linux/pfn.h>
#include <asm/pgtable.h>

#endif
