/* SPDX-License-Identifier: MIT */
/*
 * paint.c - colours, and the progress line
 *
 * P1  Nothing of this reaches a file or a pipe: a report is the same bytes in each run.
 * P2  The progress line is written by a signal handler from a text put together beforehand, and
 * is blocked while that text changes.
 */
#include "paint.h"

#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define QUIET_SECONDS 2
#define TICK_USEC 250000

static const char *const sequences[] = {
	[PAINT_PLACE] = "\033[1m",   [PAINT_ERROR] = "\033[1;31m", [PAINT_ADVICE] = "\033[1;36m",
	[PAINT_CARET] = "\033[1;32m", [PAINT_LABEL] = "\033[2m",	   [PAINT_NONE] = "\033[0m",
};

static bool is_terminal(int fd)
{
	const char *term = getenv("TERM");

	return isatty(fd) && term && *term && strcmp(term, "dumb") != 0;
}

const char *paint(enum paint paint)
{
	static int wanted = -1;
	const char *refused = getenv("NO_COLOR");

	if (wanted < 0)
		wanted = is_terminal(STDOUT_FILENO) && !(refused && *refused);
	return wanted ? sequences[paint] : "";
}

/* -- progress -- */

static char line[160];
static size_t line_bytes;
static bool is_on, was_shown;
static struct timespec started;

static void show(int number)
{
	ssize_t ignored = write(STDERR_FILENO, line, line_bytes);

	(void)number;
	(void)ignored;
	was_shown = true;
}

static void block(sigset_t *ret_before)
{
	sigset_t alarm_only;

	sigemptyset(&alarm_only);
	sigaddset(&alarm_only, SIGALRM);
	sigprocmask(SIG_BLOCK, &alarm_only, ret_before);
}

void progress_set(const char *format, ...)
{
	char text[120];
	sigset_t before;
	va_list args;

	if (!is_on)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	block(&before);
	line_bytes = (size_t)snprintf(line, sizeof(line), "\r\033[Kkmalloc: %s", text);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

void progress_begin(void)
{
	/* Calls that wait are taken up again: nothing must end because a line was shown. */
	struct sigaction action = { .sa_handler = show, .sa_flags = SA_RESTART };
	const struct itimerval timer = {
		.it_interval = { 0, TICK_USEC },
		.it_value = { QUIET_SECONDS, 0 },
	};

	clock_gettime(CLOCK_MONOTONIC, &started);
	is_on = is_terminal(STDERR_FILENO);
	if (!is_on)
		return;
	progress_set("starting");
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
}

void progress_end(void)
{
	const struct itimerval none = { { 0, 0 }, { 0, 0 } };
	const char wipe[] = "\r\033[K";
	ssize_t ignored = 0;

	if (!is_on)
		return;
	is_on = false;
	setitimer(ITIMER_REAL, &none, NULL);
	signal(SIGALRM, SIG_IGN);
	if (was_shown)
		ignored = write(STDERR_FILENO, wipe, sizeof(wipe) - 1);
	(void)ignored;
}

double progress_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - started.tv_sec) +
	       (double)(now.tv_nsec - started.tv_nsec) / 1e9;
}
