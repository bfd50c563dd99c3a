/* SPDX-License-Identifier: MIT */
/* memblock.h - the header under test: ours, among hosted headers */
#include "../../../../include/kernel/linux/memblock.h"
