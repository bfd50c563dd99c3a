/* SPDX-License-Identifier: MIT */
/*
 * variable.h - static and local variables of the checked code
 */
#ifndef RULES_VARIABLE_H
#define RULES_VARIABLE_H

#include "rules/rules.h"

/* The shadow is there: what was registered before gets its red zones. */
void variables_boot(void);
/* Does the shadow's word @code speak of a variable? */
bool variable_is_meant(uint8_t code);
/* An access of @bytes that may not touch @bad, which lies in or beside a variable. */
void variable_report(uintptr_t bad, size_t bytes, bool is_write, uint8_t code,
		     const struct km_stack *stack);

#endif
