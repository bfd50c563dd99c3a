/* SPDX-License-Identifier: MIT */
/* mod_devicetable.h - device ids: no bus exists here, so no id type does */
#ifndef LINUX_MOD_DEVICETABLE_H
#define LINUX_MOD_DEVICETABLE_H

#include <linux/types.h>

typedef unsigned long kernel_ulong_t;

#endif
