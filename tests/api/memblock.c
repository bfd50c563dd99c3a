// SPDX-License-Identifier: MIT
/* memblock.c - rows of the family memblock; see api.h */
#include "api.h"
