/* SPDX-License-Identifier: MIT */
/* stddef.h - NULL, true/false, offsetof and member sizes */
#ifndef _LINUX_STDDEF_H
#define _LINUX_STDDEF_H

#undef NULL
#define NULL ((void *)0)

/*
 * The public headers bring in <stdbool.h>, whose macros would spell bool as _Bool in
 * module_param(x, bool, ...).  Its guard keeps it from coming again.
 */
#include <stdbool.h>
#undef bool
#undef true
#undef false
enum { false = 0, true = 1 };

#undef offsetof
#define offsetof(type, member)	__builtin_offsetof(type, member)
#define sizeof_field(type, member)	sizeof((((type *)0)->member))
#define offsetofend(type, member)	(offsetof(type, member) + sizeof_field(type, member))

#define __struct_group(tag, name, attrs, members...)	\
	union {						\
		struct { members } attrs;		\
		struct tag { members } attrs name;	\
	} attrs
#define struct_group(name, members...)	__struct_group(/* no tag */, name, /* no attrs */, members)
#define struct_group_attr(name, attrs, members...)                                                 \
	__struct_group(/* no tag */, name, attrs, members)
#define struct_group_tagged(tag, name, members...)                                                 \
	__struct_group(tag, name, /* no attrs */, members)
#define DECLARE_FLEX_ARRAY(type, name)	struct { struct { } __empty_##name; type name[]; }

#endif
