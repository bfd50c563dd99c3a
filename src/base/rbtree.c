/* SPDX-License-Identifier: MIT */
/* rbtree.c - red-black trees, for whom nobody watches; rules/linked.c has them for checked code */
#define SEE(object)	(object)
#include "base/rbtree_code.h"
