/* SPDX-License-Identifier: MIT */
/* hrtimer_try_to_cancel() gives up on a callback that runs, and nobody looks at its answer. */
#include <linux/hrtimer.h>
#include <linux/module.h>
#include <linux/slab.h>

struct pulse {
	struct hrtimer timer;
	u64 beats;
	u64 *log;
};

static struct pulse pulse;

static enum hrtimer_restart pulse_fn(struct hrtimer *timer)
{
	struct pulse *p = container_of(timer, struct pulse, timer);

	p->log[p->beats % 4] = p->beats; /* finding: use-after-free */
	p->beats++;
	return HRTIMER_NORESTART;
}

static int __init pulse_init(void)
{
	pulse.log = kcalloc(4, sizeof(u64), GFP_KERNEL);
	if (!pulse.log)
		return -ENOMEM;
	hrtimer_init(&pulse.timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	pulse.timer.function = pulse_fn;
	hrtimer_start(&pulse.timer, ms_to_ktime(3), HRTIMER_MODE_REL);
	return 0;
}

static void __exit pulse_exit(void)
{
	hrtimer_try_to_cancel(&pulse.timer);
	kfree(pulse.log);
}

module_init(pulse_init);
module_exit(pulse_exit);
MODULE_LICENSE("GPL");
