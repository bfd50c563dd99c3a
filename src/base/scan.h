/* SPDX-License-Identifier: MIT */
/* scan.h - sscanf() for one who wants to know what it touches */
#ifndef BASE_SCAN_H
#define BASE_SCAN_H

#include <linux/stdarg.h>
#include <linux/types.h>

/* Is asked before a value is stored, and about text that was looked at; false ends the scan. */
struct scan_watcher {
	bool (*may)(const struct scan_watcher *watcher, const void *at, size_t bytes, bool writes);
};

/* vsscanf(); @watcher NULL: nobody asks. */
int scan_text(const struct scan_watcher *watcher, const char *buf, const char *fmt, va_list args);

#endif
