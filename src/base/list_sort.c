/* SPDX-License-Identifier: MIT */
/* list_sort.c - for whom nobody watches; rules/linked.c has it for checked code */
#define SEE(object)	(object)
#include "base/list_sort_code.h"
