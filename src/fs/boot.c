/* SPDX-License-Identifier: MIT */
/* boot.c - forgets what an earlier machine had of files.  Context: boot, one thread. */
#include "fs/fs_room.h"

void fs_boot(void)
{
	chrdev_boot();
	misc_boot();
}
