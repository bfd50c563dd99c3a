/* SPDX-License-Identifier: MIT */
/*
 * windows.h - the first part of a hosted port's vmap range: RAM shown again, page by page
 *
 * A host lets a process have only so many mappings, and an area with a page without access behind
 * it takes two.  A window is one mapping of all RAM whose pages are closed by guard markers in the
 * page table (Linux 6.15, MADV_GUARD_INSTALL on shared memory): opening and closing a page costs no
 * mapping, and one system call that locks nobody else out.  Where the host has no such markers
 * there are no windows.
 * W1  Window w shows the byte at physical address p at base + w * stride + p, or has no access
 *     there.
 * W2  A stretch of CHUNK bytes is mapped, all closed, when its first page is opened, and stays.
 * Lock: is_busy, for W2.  Hosted code.
 */
#ifndef PORT_COMMON_WINDOWS_H
#define PORT_COMMON_WINDOWS_H

#include <errno.h>
#include <sched.h>
#include <sys/mman.h>

#include <port/common/ram.h>

#define WINDOW_COUNT	8
#define WINDOW_CHUNK	(2UL << 20)
#define WINDOW_ALIGN	(4UL << 20)	/* what is aligned in RAM is so in a window */
#define WINDOW_MOST	(1UL << 39)	/* bytes of all */
#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL	102
#define MADV_GUARD_REMOVE	103
#endif

struct ram_windows {
	unsigned int count;		/* 0: this host has no markers */
	size_t stride;
	char *base;
	int fd;
	unsigned char *mapped;		/* a byte a chunk (W2) */
	unsigned char is_busy;
	unsigned char is_scarred;	/* a page was closed by a mapping of its own, see close */
};

static inline int window_advise(void *at, size_t bytes, int advice)
{
	int error;

	do
		error = madvise(at, bytes, advice) ? errno : 0;
	while (error == EINTR || error == EAGAIN);
	return error;
}

/* Does the host know the markers, on memory of this file? */
static inline bool windows_are_known(int fd)
{
	void *probe = mmap(NULL, RAM_PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	bool is_known;

	if (probe == MAP_FAILED)
		return false;
	is_known = !window_advise(probe, RAM_PAGE, MADV_GUARD_INSTALL);
	munmap(probe, RAM_PAGE);
	return is_known;
}

/* Before the range is reserved: how many bytes of it the windows will take. */
static inline size_t windows_plan(struct ram_windows *windows, int fd, size_t ram_end)
{
	size_t chunks;

	*windows = (struct ram_windows){ .fd = fd };
	windows->stride = (ram_end + WINDOW_ALIGN) / WINDOW_ALIGN * WINDOW_ALIGN;
	if (windows->stride > WINDOW_MOST / WINDOW_COUNT || !windows_are_known(fd))
		return 0;
	chunks = WINDOW_COUNT * windows->stride / WINDOW_CHUNK;
	windows->mapped = mmap(NULL, chunks, PROT_READ | PROT_WRITE,
			       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (windows->mapped == MAP_FAILED)
		return 0;
	windows->count = WINDOW_COUNT;
	return WINDOW_COUNT * windows->stride;
}

static inline size_t windows_bytes(const struct ram_windows *windows)
{
	return windows->count * windows->stride;
}

static inline void windows_end(struct ram_windows *windows)
{
	if (windows->count)
		munmap(windows->mapped, windows_bytes(windows) / WINDOW_CHUNK);
	windows->count = 0;
}

static inline bool window_holds(const struct ram_windows *windows, const void *at)
{
	return (size_t)((const char *)at - windows->base) < windows_bytes(windows);
}

static inline uint64_t window_phys(const struct ram_windows *windows, const void *at)
{
	return (uint64_t)((const char *)at - windows->base) % windows->stride;
}

/* Pages of a linear map of the file: closed by markers where there are some, else by protection. */
static inline int ram_guard(const struct ram_windows *windows, void *at, size_t bytes,
			    bool is_closed)
{
	if (windows->count)
		return window_advise(at, bytes, is_closed ? MADV_GUARD_INSTALL
							  : MADV_GUARD_REMOVE) ? -ENOMEM : 0;
	return mprotect(at, bytes, is_closed ? PROT_NONE : PROT_READ | PROT_WRITE) ? -ENOMEM : 0;
}

static inline int window_chunk_map(struct ram_windows *windows, char *at)
{
	if (mmap(at, WINDOW_CHUNK, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, windows->fd,
		 (off_t)window_phys(windows, at)) == MAP_FAILED)
		return -ENOMEM;
	madvise(at, WINDOW_CHUNK, MADV_DONTFORK);
	if (!window_advise(at, WINDOW_CHUNK, MADV_GUARD_INSTALL))
		return 0;
	mmap(at, WINDOW_CHUNK, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED,
	     -1, 0);
	return -ENOMEM;
}

/* W2 for each chunk of the range. */
static inline int window_chunks_map(struct ram_windows *windows, char *at, size_t bytes)
{
	size_t chunk = (size_t)(at - windows->base) / WINDOW_CHUNK;
	size_t last = (size_t)(at + bytes - 1 - windows->base) / WINDOW_CHUNK;
	int error = 0;

	for (; chunk <= last && !error; chunk++) {
		if (__atomic_load_n(&windows->mapped[chunk], __ATOMIC_ACQUIRE))
			continue;
		while (__atomic_exchange_n(&windows->is_busy, 1, __ATOMIC_ACQUIRE))
			sched_yield();
		if (!windows->mapped[chunk]) {
			error = window_chunk_map(windows, windows->base + chunk * WINDOW_CHUNK);
			__atomic_store_n(&windows->mapped[chunk], !error, __ATOMIC_RELEASE);
		}
		__atomic_store_n(&windows->is_busy, 0, __ATOMIC_RELEASE);
	}
	return error;
}

/* 0 or a negative errno; then nothing is open. */
static inline int window_open(struct ram_windows *windows, void *at, size_t bytes)
{
	int error = window_chunks_map(windows, at, bytes);

	if (error)
		return error;
	if (__atomic_load_n(&windows->is_scarred, __ATOMIC_RELAXED)) {
		if (mmap(at, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, windows->fd,
			 (off_t)window_phys(windows, at)) == MAP_FAILED)
			return -ENOMEM;
		madvise(at, bytes, MADV_DONTFORK);
		return 0;
	}
	return window_advise(at, bytes, MADV_GUARD_REMOVE) ? -ENOMEM : 0;
}

static inline void window_close(struct ram_windows *windows, void *at, size_t bytes)
{
	if (!window_advise(at, bytes, MADV_GUARD_INSTALL))
		return;
	/* No memory for markers; no access is worth a mapping. */
	__atomic_store_n(&windows->is_scarred, 1, __ATOMIC_RELAXED);
	if (mmap(at, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1,
		 0) == MAP_FAILED)
		mprotect(at, bytes, PROT_NONE);
}

#endif
