/* SPDX-License-Identifier: MIT */
/* sections.h - bounds of the program's sections */
#ifndef __ASM_SECTIONS_H
#define __ASM_SECTIONS_H

#include <linux/types.h>

extern char etext[], edata[], end[];	/* from the linker; the names are its own */

#define _etext	etext
#define _edata	edata
#define _end	end

#endif
