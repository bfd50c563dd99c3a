/* SPDX-License-Identifier: MIT */
/*
 * harness.h - between main.c and the one file a port has
 */
#ifndef HARNESS_H
#define HARNESS_H

#include <stddef.h>
#include <stdint.h>

struct harness_options {
	uint64_t seed;
	unsigned int cpus;	/* 0: the port's default */
	size_t mem_bytes;	/* 0: the port's default */
	uint64_t explore;	/* sim: 1: the seed stands for one of many ways to take turns */
};

/* main_sim.c, main_host.c */
int harness_run(const struct harness_options *options, int (*entry)(void *), void *arg);
void harness_between_tests(void);

/* main.c; the port calls them */
void harness_console(const char *text, size_t bytes);
void harness_stopping(int status);

#endif
