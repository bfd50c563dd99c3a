/* SPDX-License-Identifier: MIT */
/* drive_memory.h - where the memory of user space's tasks lies: no port maps anything there */
#ifndef MACHINE_DRIVE_MEMORY_H
#define MACHINE_DRIVE_MEMORY_H

#define DRIVE_MEMORY_BASE	0x550000000000ul
#define DRIVE_MEMORY_STRIDE	0x4000000ul	/* one task's, and more than a script may ask for */

#endif
