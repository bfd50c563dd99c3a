// SPDX-License-Identifier: MIT
/* vmalloc.c - rows of the family vmalloc; see api.h */
#include "api.h"
