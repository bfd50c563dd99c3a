/* SPDX-License-Identifier: MIT */
/* dma.h - what the two files of rule dma-unreachable share */
#ifndef RULES_DMA_H
#define RULES_DMA_H

#include "rules/rules.h"

/* dma_memory.c: memory that is about to be mapped; true: it was told of, and must not be */
bool dma_memory_is_wrong(const struct km_event *event);

#endif
