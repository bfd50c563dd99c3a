/* SPDX-License-Identifier: MIT */
/* rwonce.h - READ_ONCE() and WRITE_ONCE(): exactly one access, not torn, not repeated */
#ifndef __ASM_RWONCE_H
#define __ASM_RWONCE_H

#include <linux/compiler_types.h>

/* The type of a scalar without its qualifiers; of anything else the type itself. */
#ifndef __unqual_scalar_typeof
#define __scalar_pair(type)	unsigned type: (unsigned type)0, signed type: (signed type)0
#define __unqual_scalar_typeof(x) typeof(					\
	_Generic((x), char: (char)0, __scalar_pair(char), __scalar_pair(short),	\
		 __scalar_pair(int), __scalar_pair(long), __scalar_pair(long long), default: (x)))
#endif

#define compiletime_assert_rwonce_type(t)					\
	compiletime_assert(__native_word(t) || sizeof(t) == sizeof(long long),	\
			   "READ_ONCE/WRITE_ONCE of something that is not a machine word")

#define __READ_ONCE(x)	(*(const volatile __unqual_scalar_typeof(x) *)&(x))
#define READ_ONCE(x)		({ compiletime_assert_rwonce_type(x); __READ_ONCE(x); })
#define __WRITE_ONCE(x, val)	do { *(volatile typeof(x) *)&(x) = (val); } while (0)
#define WRITE_ONCE(x, val)	\
	do { compiletime_assert_rwonce_type(x); __WRITE_ONCE(x, val); } while (0)
#define READ_ONCE_NOCHECK(x)	READ_ONCE(x)

#endif
