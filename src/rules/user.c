/* SPDX-License-Identifier: MIT */
/*
 * user.c - what copies to and from user space do wrong
 *
 * More than the buffer that a read() or write() was given is out-of-bounds; memory of the kernel
 * taken for memory of the user is bug, the other way round crash: the kernel would fault.
 * Nothing here sleeps.
 */
#include "rules/rules.h"

static const struct { const char *rule, *help; } kinds[] = {
	[KM_USER_BEYOND] = { "out-of-bounds",
		"Copy at most as many bytes as the caller's count says: min(count, available)." },
	[KM_USER_KERNELS] = { "bug",
		"Use memcpy() between buffers of the kernel; the __user side is what the system "
		"call was given." },
	[KM_USER_DIRECT] = { "crash",
		"Copy what user space has into a buffer of the driver's first; look at the order "
		"of the arguments." },
};

static enum km_verdict user_see(const struct km_event *event)
{
	struct km_finding finding;

	record_start(&finding, kinds[event->order].rule);
	stack_take(event->frame, event->caller, &finding.stack);
	finding.message = event->what;
	finding.help = kinds[event->order].help;
	record_finding(&finding);
	return KM_GO;
}

const struct km_rule user_rule = {
	.id = "user",
	.points = POINT_BIT(USER_BAD),
	.see = user_see,
};
