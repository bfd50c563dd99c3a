// SPDX-License-Identifier: MIT
/* percpu.c - rows of the family percpu; see api.h */
#include "api.h"
