/* SPDX-License-Identifier: MIT */
/*
 * kunit_config.h - KUnit built in, as a kernel with CONFIG_KUNIT=y and no loadable modules would be
 */
#ifndef TESTS_LINUX_KUNIT_CONFIG_H
#define TESTS_LINUX_KUNIT_CONFIG_H

#undef CONFIG_MODULES
#define CONFIG_KUNIT 1
#define CONFIG_KUNIT_DEFAULT_ENABLED 1

#endif
