// SPDX-License-Identifier: MIT
/* genpool.c - rows of the family genpool; see api.h */
#include "api.h"
