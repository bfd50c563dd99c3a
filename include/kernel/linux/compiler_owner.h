/* SPDX-License-Identifier: MIT */
/*
 * compiler_owner.h - whose memory it is, told to compilers; included by compiler_types.h
 *
 * gcc then warns of a free that does not match, of what is used or freed again after it, of sizes
 * no allocation can have, of a result that is thrown away; its analyzer and clang's follow the
 * memory through the functions of a driver.
 *
 * O1  Only what is true of every right program is said.  Memory that may be freed in ways that an
 *     attribute cannot name (objects of caches, pages with references) carries no names.
 * O2  A function that returns ERR_PTR(), or that never fails where it may sleep (mempool_alloc()),
 *     says nothing of its result: analyzers would look for NULL.
 * O3  Nothing of it changes the code that is generated.
 * O4  The library itself and its unit tests, which misuse memory on purpose, are told nothing.
 */
#ifndef _LINUX_COMPILER_OWNER_H
#define _LINUX_COMPILER_OWNER_H

/* Freed by @fn, whose argument number @arg it is.  Clang 14 rejects the form. */
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 11 && !defined(KMALLOC_ENGINE)
#define KM_FREED_BY(fn, arg)	__attribute__((__malloc__(fn, arg)))
#else
#define KM_FREED_BY(fn, arg)
#endif

/*
 * What clang's analyzer asks for: the result is the caller's and not written yet, argument number
 * @arg is no longer the caller's.  It knows kmalloc() and kfree() without.
 */
#if defined(__clang_analyzer__)
#define KM_OWNED		__attribute__((__ownership_returns__(malloc)))
#define KM_TAKES(arg)		__attribute__((__ownership_takes__(malloc, arg)))
#else
#define KM_OWNED
#define KM_TAKES(arg)
#endif

/* A result that is thrown away is lost.  Not for a checked program, which shows it itself. */
#if defined(KMALLOC_ENGINE) || defined(KMALLOC_CHECK)
#define __km_result
#else
#define __km_result		__attribute__((__warn_unused_result__))
#endif

/* "read_only" or "write_only": argument number @arg is read or written, @size bytes of it. */
#if defined(__has_attribute) && !defined(__clang__) && !defined(KMALLOC_ENGINE)
#if __has_attribute(__access__)
#define __km_access(how, arg, size)	__attribute__((__access__(how, arg, size)))
#endif
#endif
#ifndef __km_access
#define __km_access(how, arg, size)
#endif

/* Never NULL. */
#ifdef KMALLOC_ENGINE
#define __km_nonnull(...)
#else
#define __km_nonnull(...)	__attribute__((__nonnull__(__VA_ARGS__)))
#endif

#endif
