// SPDX-License-Identifier: MIT
/* reclaim.c - rows of the family reclaim; see api.h */
#include "api.h"
