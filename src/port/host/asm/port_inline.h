/* SPDX-License-Identifier: MIT */
/* port_inline.h - the port's shortest functions, inline for the engine; host */
#ifndef PORT_INLINE_H
#define PORT_INLINE_H

#endif
