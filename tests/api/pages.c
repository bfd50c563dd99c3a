// SPDX-License-Identifier: MIT
/* pages.c - rows of the family pages; see api.h */
#include "api.h"
