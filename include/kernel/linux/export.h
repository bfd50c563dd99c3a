/* SPDX-License-Identifier: MIT */
/* export.h - what a module shows to others; the library's own is visible to all */
#ifndef _LINUX_EXPORT_H
#define _LINUX_EXPORT_H

#include <linux/compiler_types.h>

/*
 * A module that is checked leaves the name in section .km_exports, for the other modules of its
 * tree (tools/check_modules.c).
 */
#if defined(MODULE) && defined(KMALLOC_CHECK) && !defined(__ASSEMBLY__)
#define KM_EXPORT(sym)								\
	extern typeof(sym) sym;							\
	static const char __km_export_##sym[] __used				\
		__section(".km_exports") __aligned(1) = #sym
#else
#define KM_EXPORT(sym)				extern typeof(sym) sym
#endif
#define EXPORT_SYMBOL(sym)			KM_EXPORT(sym)
#define EXPORT_SYMBOL_GPL(sym)			KM_EXPORT(sym)
#define EXPORT_SYMBOL_NS(sym, ns)		KM_EXPORT(sym)
#define EXPORT_SYMBOL_NS_GPL(sym, ns)		KM_EXPORT(sym)

#ifndef THIS_MODULE
#ifdef MODULE
extern struct module __this_module KM_SYM(__this_module);
#define THIS_MODULE	(&__this_module)
#else
#define THIS_MODULE	((struct module *)0)
#endif
#endif

#endif
