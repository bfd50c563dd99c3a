// SPDX-License-Identifier: MIT
/* kapi.c - rows of the family kapi; see api.h */
#include "api.h"
