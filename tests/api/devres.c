// SPDX-License-Identifier: MIT
/* devres.c - rows of the family devres; see api.h */
#include "api.h"
