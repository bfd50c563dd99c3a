/* SPDX-License-Identifier: MIT */
/* kapi.h - what machine calls in kapi beyond the Linux names */
#ifndef KAPI_KAPI_H
#define KAPI_KAPI_H

#include <linux/types.h>

int kapi_boot(bool watched);		/* kfree_rcu's own cache */
void kapi_shutdown(void);		/* what kfree_rcu still holds is freed */

#endif
