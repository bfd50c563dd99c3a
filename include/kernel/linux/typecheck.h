/* SPDX-License-Identifier: MIT */
/* typecheck.h - warn where two types differ */
#ifndef TYPECHECK_H_INCLUDED
#define TYPECHECK_H_INCLUDED

#define typecheck(type, x) ({			\
	type __wanted;				\
	typeof(x) __given;			\
	(void)(&__wanted == &__given);		\
	1; })
#define typecheck_fn(type, function) ({		\
	typeof(type) __checked = function;	\
	(void)__checked; })
#define typecheck_pointer(x) ({ typeof(x) __pointer; (void)sizeof(*__pointer); 1; })

#endif
