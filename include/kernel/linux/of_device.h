/* SPDX-License-Identifier: MIT */
#include <linux/of.h>
