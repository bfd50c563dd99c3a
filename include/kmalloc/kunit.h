/* SPDX-License-Identifier: MIT */
/*
 * kunit.h - run the KUnit suites that are linked into the program
 *
 * Suites are written with <kunit/test.h>. Freestanding types only.
 */
#ifndef KMALLOC_KUNIT_H
#define KMALLOC_KUNIT_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * km_kunit_run() - run all suites, one after the other; KTAP goes to the kernel log
 *
 * The module parameters kunit.filter_glob, kunit.filter, kunit.filter_action, kunit.action and
 * kunit.stats_enabled are obeyed (km_module_param_set()).
 *
 * Context: task, on a machine that is booted; sleeps.
 * Return:  how many cases failed; a suite whose init fails counts as one. -ENOMEM: none was run.
 */
int km_kunit_run(void);
/* False: nothing would be run. */
bool km_kunit_has_suites(void);

#ifdef __cplusplus
}
#endif

#endif
