/* SPDX-License-Identifier: MIT */
/* machine_room.h - what the files of this room share */
#ifndef MACHINE_MACHINE_ROOM_H
#define MACHINE_MACHINE_ROOM_H

#include <kmalloc/machine.h>
#include <kmalloc/report.h>
#include <kmalloc/port.h>

extern const struct km_sink machine_text_sink;	/* report.c */
int options_set(const char *line);		/* options.c */

#endif
