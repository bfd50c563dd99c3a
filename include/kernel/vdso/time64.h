/* SPDX-License-Identifier: MIT */
#include <linux/time64.h>
