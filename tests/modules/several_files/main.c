/* SPDX-License-Identifier: MIT */
#include <linux/module.h>
#include "core.h"

static int __init multi_init(void)
{
	int i, ret = block_cache_init();

	if (ret)
		return ret;
	ret = flusher_start();
	if (ret)
		goto err_cache;
	for (i = 0; i < 8; i++) {
		struct block *b = block_new(i);

		if (!b) {
			ret = -ENOMEM;
			goto err_flusher;
		}
		flusher_submit(b);
	}
	return 0;
err_flusher:
	flusher_stop();
err_cache:
	block_cache_exit();
	return ret;
}

static void __exit multi_exit(void)
{
	flusher_stop();
	block_cache_exit();
}

module_init(multi_init);
module_exit(multi_exit);
MODULE_LICENSE("GPL");
