/* SPDX-License-Identifier: MIT */
/* load.h - between the two sides of the views' test */
#ifndef VIEWS_LOAD_H
#define VIEWS_LOAD_H

int load_make(void);	/* 750 objects out of the cache view_load; 3 areas of 3, 5 and 8 pages */
void load_end(void);

#endif
