/* SPDX-License-Identifier: MIT */
/* export.h - every symbol is visible to every module here; the name is only checked to exist */
#ifndef _LINUX_EXPORT_H
#define _LINUX_EXPORT_H

#include <linux/compiler_types.h>

#define EXPORT_SYMBOL(sym)			extern typeof(sym) sym
#define EXPORT_SYMBOL_GPL(sym)			extern typeof(sym) sym
#define EXPORT_SYMBOL_NS(sym, ns)		extern typeof(sym) sym
#define EXPORT_SYMBOL_NS_GPL(sym, ns)		extern typeof(sym) sym

#ifndef THIS_MODULE
#ifdef MODULE
extern struct module __this_module KM_SYM(__this_module);
#define THIS_MODULE	(&__this_module)
#else
#define THIS_MODULE	((struct module *)0)
#endif
#endif

#endif
