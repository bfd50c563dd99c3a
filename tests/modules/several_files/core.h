/* SPDX-License-Identifier: MIT */
#ifndef CORE_H
#define CORE_H
#include <linux/types.h>
#include <linux/list.h>
struct block { struct list_head list; u32 nr; void *data; };
struct block *block_new(u32 nr);
void block_free(struct block *b);
int block_cache_init(void);
void block_cache_exit(void);
int flusher_start(void);
void flusher_stop(void);
int flusher_submit(struct block *b);
#endif
