/* SPDX-License-Identifier: MIT */
/*
 * stats.h - the machine's state as the text files of Linux: /proc/slabinfo, buddyinfo and so on
 *
 * Plain C and C++, no Linux names.  docs/views.md lists the names and tells where a text differs.
 */
#ifndef KMALLOC_STATS_H
#define KMALLOC_STATS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * km_proc_read() - the text of a view, in Linux's format
 * @name: "buddyinfo", "slabinfo", "slab/kmalloc-64/objects" ...; km_proc_name() tells them
 * @buf:  where it goes; ended by a 0 byte if @size is not 0.  NULL if @size is 0
 * @size: bytes of @buf; what does not fit is left out
 *
 * Context: machine up; any thread, also task context of kernel code, nothing held.  A snapshot:
 *          each line is consistent in itself.
 * Return:  bytes of the whole text without the 0 byte, whatever @size is, as snprintf(); -ENOENT
 *          (-2) if there is no such view, -EACCES (-13) if it may only be written, -EINVAL (-22) if
 *          the machine is down.
 */
long km_proc_read(const char *name, char *buf, size_t size);

/**
 * km_proc_write() - write to a view that takes something: "slab/NAME/shrink"
 * @text, @bytes: as the file of Linux would take it; a newline at the end is allowed
 *
 * Context: task context that may sleep.
 * Return:  @bytes; -ENOENT without such a view, -EACCES if it is read only, or the negative errno
 *          of a text that cannot be obeyed.
 */
long km_proc_write(const char *name, const char *text, size_t bytes);

/**
 * km_proc_name() - the names of the views, for listing
 * @index: from 0
 * Return:  the name; NULL behind the last one.  Those with directories end in '/'.
 */
const char *km_proc_name(unsigned int index);

#ifdef __cplusplus
}
#endif
#endif
