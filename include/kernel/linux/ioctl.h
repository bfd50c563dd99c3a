/* SPDX-License-Identifier: MIT */
/* ioctl.h - ioctl numbers: direction, size, type, number */
#ifndef _LINUX_IOCTL_H
#define _LINUX_IOCTL_H

#define _IOC_NRBITS	8
#define _IOC_TYPEBITS	8
#define _IOC_SIZEBITS	14
#define _IOC_DIRBITS	2

#define _IOC_NRMASK	((1 << _IOC_NRBITS) - 1)
#define _IOC_TYPEMASK	((1 << _IOC_TYPEBITS) - 1)
#define _IOC_SIZEMASK	((1 << _IOC_SIZEBITS) - 1)
#define _IOC_DIRMASK	((1 << _IOC_DIRBITS) - 1)

#define _IOC_NRSHIFT	0
#define _IOC_TYPESHIFT	(_IOC_NRSHIFT + _IOC_NRBITS)
#define _IOC_SIZESHIFT	(_IOC_TYPESHIFT + _IOC_TYPEBITS)
#define _IOC_DIRSHIFT	(_IOC_SIZESHIFT + _IOC_SIZEBITS)

#define _IOC_NONE	0U
#define _IOC_WRITE	1U
#define _IOC_READ	2U

#define _IOC(dir, type, nr, size)						\
	(((dir) << _IOC_DIRSHIFT) | ((type) << _IOC_TYPESHIFT) |		\
	 ((nr) << _IOC_NRSHIFT) | ((size) << _IOC_SIZESHIFT))
/* What is no type, or is too large, does not compile. */
#define _IOC_TYPECHECK(t)							\
	(sizeof(t) / !(sizeof(t) != sizeof(t[1]) || sizeof(t) >= (1 << _IOC_SIZEBITS)))

#define _IO(type, nr)			_IOC(_IOC_NONE, (type), (nr), 0)
#define _IOR(type, nr, argtype)		\
	_IOC(_IOC_READ, (type), (nr), (unsigned int)(_IOC_TYPECHECK(argtype)))
#define _IOW(type, nr, argtype)		\
	_IOC(_IOC_WRITE, (type), (nr), (unsigned int)(_IOC_TYPECHECK(argtype)))
#define _IOWR(type, nr, argtype)	\
	_IOC(_IOC_READ | _IOC_WRITE, (type), (nr), (unsigned int)(_IOC_TYPECHECK(argtype)))

#define _IOC_DIR(nr)	(((nr) >> _IOC_DIRSHIFT) & _IOC_DIRMASK)
#define _IOC_TYPE(nr)	(((nr) >> _IOC_TYPESHIFT) & _IOC_TYPEMASK)
#define _IOC_NR(nr)	(((nr) >> _IOC_NRSHIFT) & _IOC_NRMASK)
#define _IOC_SIZE(nr)	(((nr) >> _IOC_SIZESHIFT) & _IOC_SIZEMASK)

#define IOC_IN		(_IOC_WRITE << _IOC_DIRSHIFT)
#define IOC_OUT		(_IOC_READ << _IOC_DIRSHIFT)
#define IOC_INOUT	((_IOC_WRITE | _IOC_READ) << _IOC_DIRSHIFT)
#define IOCSIZE_MASK	(_IOC_SIZEMASK << _IOC_SIZESHIFT)
#define IOCSIZE_SHIFT	(_IOC_SIZESHIFT)

#endif
