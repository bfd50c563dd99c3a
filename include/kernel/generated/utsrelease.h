/* SPDX-License-Identifier: MIT */
#define UTS_RELEASE "6.12.0"
