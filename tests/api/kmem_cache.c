// SPDX-License-Identifier: MIT
/* kmem_cache.c - rows of the family kmem_cache; see api.h */
#include "api.h"
