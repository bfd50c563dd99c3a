/* SPDX-License-Identifier: MIT */
/*
 * option.h - words of the boot command line, as rooms declare them
 *
 * A room with options has one table, "const struct boot_option ROOM_options[]" in its ROOM_room.h,
 * ended by a NULL name; src/machine/options.c lists the tables.
 */
#ifndef KERN_OPTION_H
#define KERN_OPTION_H

struct boot_option {
	const char *name;	/* up to the '=': "slab_debug", "numa" */
	/*
	 * Before any room boots.  @value: what follows the '='; "" for a word without one; NULL
	 * before each boot: back to the default.  It lives only as long as the call.
	 * Return: 0, or a negative errno for a value that cannot be obeyed: the boot is refused and
	 * the word is named.
	 */
	int (*set)(const char *value);
};

#endif
