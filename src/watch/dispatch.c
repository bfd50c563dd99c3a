/* SPDX-License-Identifier: MIT */
/*
 * dispatch.c - hands one event to the armed rules, in the machine's order
 *
 * Owns: watch_points and, per point, the row of rules that asked for it.
 * D1  watch_points has bit P exactly when row P is not empty.
 * D2  While a rule runs, its thread's watch_depth is raised: what the rule itself sets off reaches
 *     no rule, except the inner points (watch_tell_inner()), so a quarantine that gives objects
 *     back still lets the shadow see SLAB_GONE.
 * D3  The first answer other than GO ends the row, but only where the point obeys it (points.def);
 *     elsewhere every rule sees.
 * Lock: none.  Arm and disarm happen at boot and shutdown, when one thread runs.  Nothing here
 * sleeps.
 */
#include "watch/watch.h"

/* measured, see km_port_effort() */
#define SEE_NS		120
#define BYTES_A_NS	12
#define MOST_BYTES	(64ul << 20)	/* a wrong number */

struct watch_row {
	uint32_t count, obeyed;		/* verdicts that end it, a bit each */
	enum km_verdict (*see[WATCH_MAX_RULES])(const struct km_event *event);
};

uint32_t watch_points;
static struct watch_row watch_rows[KM_POINTS];

_Static_assert(KM_POINTS <= 32, "a rule's points are the bits of one word");

/* D3 */
static uint32_t obeyed_at(enum km_point point)
{
	if (point == KM_POINT_ALLOC_ASK || point == KM_POINT_DMA)
		return 1u << KM_REFUSE | 1u << KM_FALL_BACK;
	if (point == KM_POINT_TOUCH)
		return 1u << KM_REFUSE;
	return point == KM_POINT_FREE_ASK ? ~(1u << KM_GO) : 0;
}

/**
 * watch_arm() - from now on these rules see what happens
 * @rules: in the order they are to be asked; entries stay the caller's
 * @count: 0 disarms; what exceeds WATCH_MAX_RULES is not armed
 *
 * Context: boot or shutdown, one thread.
 */
void watch_arm(const struct km_rule *const *rules, unsigned int count)
{
	uint32_t points = 0;

	watch_points = 0;
	for (unsigned int point = 0; point < KM_POINTS; point++)
		watch_rows[point] = (struct watch_row){ .obeyed = obeyed_at(point) };
	if (count > WATCH_MAX_RULES)
		count = WATCH_MAX_RULES;
	for (unsigned int i = 0; i < count; i++) {
		for (unsigned int point = 0; point < KM_POINTS; point++) {
			struct watch_row *row = &watch_rows[point];

			if (rules[i]->see && (rules[i]->points & (1u << point)))
				row->see[row->count++] = rules[i]->see;
		}
		if (rules[i]->see)
			points |= rules[i]->points;
	}
	watch_points = points & (uint32_t)((1ull << KM_POINTS) - 1);
}

/* What the armed rules do at @event, and for an object the clearing and marking of its bytes. */
static unsigned long effort_of(const struct km_event *event)
{
	size_t bytes = event->object ? event->bytes : 0;

	return SEE_NS + (bytes < MOST_BYTES ? bytes : MOST_BYTES) / BYTES_A_NS;
}

/**
 * watch_dispatch() - ask the armed rules about @event; use watch_tell() and watch_tell_inner()
 * instead
 *
 * Context: any but NMI.  Return: the first verdict that the point obeys, or KM_GO.
 */
enum km_verdict watch_dispatch(const struct km_event *event)
{
	const struct watch_row *row = &watch_rows[event->point];
	enum km_verdict verdict = KM_GO, answer;

	km_port_effort(effort_of(event));
	watch_enter();
	for (uint32_t i = 0; i < row->count; i++) {
		answer = row->see[i](event);
		if (row->obeyed >> answer & 1) {
			verdict = answer;
			break;
		}
	}
	watch_leave();
	return verdict;
}
