// SPDX-License-Identifier: MIT
/*
 * held.c - the locks that a task holds
 *
 * Owns: task->held_locks, the points LOCK_TAKE, LOCK_DROP, LOCK_BAD.  Recorded only while rules are
 * armed.
 * H1  held_locks[0 .. lock_depth-1] are in order of taking; a lock that did not fit is not in it.
 * H2  Only the task itself, or an interrupt on its stack that leaves the list as it was, changes
 *     it: no lock needed.
 * Any context; nothing here sleeps.
 */
#include <linux/lockdep.h>
#include <linux/sprintf.h>
#include <kern/core.h>

void held_take(const void *lock, const char *name, uintptr_t caller, uintptr_t frame)
{
	struct task_struct *task = current;

	if (!name)
		name = "?";
	if (task->lock_depth < MAX_HELD_LOCKS)
		task->held_locks[task->lock_depth++] =
			(struct held_lock){ .lock = lock, .name = name, .taken_at = caller };
	tell_family(KM_POINT_LOCK_TAKE, name, lock, 0, caller, frame);
}

/* -- locks that sleep ------------------------------------------------------------------------- */

/* The class of @lock; mutex_lock_nested() has said the subclass. */
struct held_call held_call(const void *lock, const char *name, const struct lock_class *class,
			   uintptr_t caller, uintptr_t frame)
{
	struct task_struct *task = current;
	struct held_call call = {
		.lock = lock, .name = name ? name : "?",
		.how = { .key = class->key ? class->key : lock, .subclass = class->subclass },
		.caller = caller, .frame = frame,
	};

	if (task->lock_subclass)
		call.how.subclass = task->lock_subclass;
	task->lock_subclass = 0;
	return call;
}

static void tell_call(enum km_point point, const char *what, const struct held_call *call)
{
	struct km_event event = {
		.point = point, .family = KM_FAMILY_OTHER, .what = what, .object = call->lock,
		.caller = call->caller, .frame = call->frame, .lock = &call->how,
	};

	watch_tell(&event);
}

void held_take_sleeping(const struct held_call *call)
{
	struct task_struct *task = current;

	if (task->lock_depth < MAX_HELD_LOCKS)
		task->held_locks[task->lock_depth++] = (struct held_lock){
			.lock = call->lock, .name = call->name, .taken_at = call->caller,
			.key = call->how.key, .subclass = call->how.subclass,
		};
	tell_call(KM_POINT_LOCK_TAKE, call->name, call);
}

void held_wait(const struct held_call *call)
{
	tell_call(KM_POINT_LOCK_WAIT, call->name, call);
}

void held_again(const struct held_call *call, const char *what)
{
	char text[128];

	scnprintf(text, sizeof(text), "%s, lock: %s", what, call->name);
	tell_call(KM_POINT_LOCK_BAD, text, call);
}

void km_lock_subclass(unsigned int subclass)
{
	current->lock_subclass = subclass;
}

/* Newest first: the same lock may be in it twice (readers). */
static int held_find(const struct task_struct *task, const void *lock)
{
	for (int i = (int)task->lock_depth - 1; i >= 0; i--)
		if (task->held_locks[i].lock == lock)
			return i;
	return -1;
}

void held_drop(const void *lock, const char *name, uintptr_t caller, uintptr_t frame)
{
	struct task_struct *task = current;
	int at = held_find(task, lock);

	if (at >= 0) {
		for (u32 i = (u32)at; i + 1 < task->lock_depth; i++)
			task->held_locks[i] = task->held_locks[i + 1];
		task->lock_depth--;
	}
	tell_family(KM_POINT_LOCK_DROP, name ? name : "?", lock, 0, caller, frame);
}

bool held_has(const struct task_struct *task, const void *lock)
{
	return held_find(task, lock) >= 0;
}

void held_bad(const char *what, const char *name, const void *lock, uintptr_t caller,
	      uintptr_t frame)
{
	char text[128];

	scnprintf(text, sizeof(text), "%s, lock: %s", what, name ? name : "?");
	tell_family(KM_POINT_LOCK_BAD, text, lock, 0, caller, frame);
}

int km_lock_state(const void *lock)
{
	const struct task_struct *task = current;

	if (!watch_points)
		return LOCK_STATE_UNKNOWN;
	if (held_has(task, lock))
		return LOCK_STATE_HELD;
	return task->lock_depth < MAX_HELD_LOCKS ? LOCK_STATE_NOT_HELD : LOCK_STATE_UNKNOWN;
}

void km_lock_assert_failed(const void *lock, const char *what)
{
	tell_family(KM_POINT_LOCK_BAD, what, lock, 0, WATCH_CALLER(), WATCH_FRAME());
}
