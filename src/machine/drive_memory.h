/* SPDX-License-Identifier: MIT */
/*
 * drive_memory.h - where the memory of user space's tasks lies
 *
 * No port maps anything there; and it is below the shadows of the ports, behind which a fault may
 * be a look of the compiler's at the shadow of no address.
 */
#ifndef MACHINE_DRIVE_MEMORY_H
#define MACHINE_DRIVE_MEMORY_H

#define DRIVE_MEMORY_BASE	0x1a0000000000ul
#define DRIVE_MEMORY_STRIDE	0x4000000ul	/* one task's, and more than a script may ask for */

#endif
