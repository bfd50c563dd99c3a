// SPDX-License-Identifier: MIT
/* mempool.c - rows of the family mempool; see api.h */
#include "api.h"
