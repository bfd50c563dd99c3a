/* SPDX-License-Identifier: MIT */
/* io.h - registers of devices that are mapped into memory; there is no ioremap() here */
#ifndef _LINUX_IO_H
#define _LINUX_IO_H

#include <linux/err.h>
#include <linux/init.h>
#include <linux/string.h>
#include <linux/types.h>
#include <asm/byteorder.h>
#include <asm/io.h>

#endif
