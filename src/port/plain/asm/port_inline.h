/* SPDX-License-Identifier: MIT */
/* port_inline.h - a plain port offers nothing inline: every km_port_* is a call */
#ifndef PORT_INLINE_H
#define PORT_INLINE_H

#endif
