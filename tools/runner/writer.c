/* SPDX-License-Identifier: MIT */
/*
 * writer.c - records of docs/records.md, buffered; usable from a signal handler
 *
 * Owns: the record being put together, and the buffer of finished ones.
 * W1  The buffer holds whole records only: a fault in the middle of one loses that one.
 * W2  When nobody reads any more the program ends with status 70: there is nothing left to do it
 *     for.
 * W3  No allocation, no stdio: a fault handler may come at any point, and writes with the same
 *     functions.
 */
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <kmalloc/report.h>

#define BUFFER_BYTES	65536
#define RECORD_BYTES	16384
#define STATUS_NO_READER	70

static char buffer[BUFFER_BYTES];
static size_t buffered;
static char record[RECORD_BYTES];
static size_t recorded;
static int descriptor = 1;

void writer_open(void)
{
	descriptor = fcntl(3, F_GETFD) < 0 ? 1 : 3;
	signal(SIGPIPE, SIG_IGN);
}

/* A time-out signal in between would write the same bytes again. */
void writer_flush(void)
{
	sigset_t limit_only, before;
	size_t done = 0;

	sigemptyset(&limit_only);
	sigaddset(&limit_only, SIGPROF);
	sigprocmask(SIG_BLOCK, &limit_only, &before);
	while (done < buffered) {
		ssize_t wrote = write(descriptor, buffer + done, buffered - done);

		if (wrote > 0)
			done += (size_t)wrote;
		else if (wrote < 0 && errno != EINTR && errno != EAGAIN)
			_exit(STATUS_NO_READER);
	}
	buffered = 0;
	sigprocmask(SIG_SETMASK, &before, NULL);
}

static void put(char c)
{
	/* Room is kept for the newline: a record too long is cut, not lost. */
	if (recorded < RECORD_BYTES - 1)
		record[recorded++] = c;
}

static void put_text(const char *text)
{
	while (*text)
		put(*text++);
}

void record_piece(const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '\t':
			put_text("\\t");
			break;
		case '\n':
			put_text("\\n");
			break;
		case '\\':
			put_text("\\\\");
			break;
		default:
			put(*text);
			break;
		}
	}
}

static void put_number(uint64_t value, unsigned int base, unsigned int digits)
{
	char text[24];
	size_t at = sizeof(text);

	text[--at] = 0;
	do {
		text[--at] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value || sizeof(text) - 1 - at < digits);
	put_text(text + at);
}

static void put_key(const char *key)
{
	put('\t');
	put_text(key);
	put('=');
}

void record_begin(const char *type)
{
	recorded = 0;
	put_text(type);
}

void record_text(const char *key, const char *value)
{
	if (!value || !*value)
		return;
	put_key(key);
	record_piece(value);
}

void record_number(const char *key, uint64_t value)
{
	put_key(key);
	put_number(value, 10, 1);
}

void record_signed(const char *key, int64_t value)
{
	put_key(key);
	if (value < 0)
		put('-');
	put_number(value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 10, 1);
}

void record_hex(const char *key, uint64_t value, unsigned int digits)
{
	put_key(key);
	put_number(value, 16, digits);
}

void record_stack(const char *key, const struct km_stack *stack)
{
	if (!stack->count)
		return;
	put_key(key);
	for (uint32_t i = 0; i < stack->count; i++) {
		if (i)
			put(',');
		put_number(stack->pc[i], 16, 1);
	}
}

void record_done(void)
{
	record[recorded++] = '\n';
	if (buffered + recorded > BUFFER_BYTES)
		writer_flush();
	memcpy(buffer + buffered, record, recorded);
	buffered += recorded;
	recorded = 0;
}
