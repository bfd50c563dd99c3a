// SPDX-License-Identifier: MIT
/* dma.c - rows of the family dma; see api.h */
#include "api.h"
