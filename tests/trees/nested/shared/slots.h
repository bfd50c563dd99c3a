/* SPDX-License-Identifier: MIT */
#ifndef SLOTS_H
#define SLOTS_H

int slots_make(unsigned int count);
void slots_free(void);

#endif
